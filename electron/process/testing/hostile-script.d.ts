/** What the attempts aim at: paths, and ports of servers that the test listens on. */
export interface Aims {
  readonly secret: string;
  readonly code: string;
  readonly tcp: number;
  readonly udp: number;
  readonly scratch: string;
  readonly node: string;
}

/** Names of the attempts that got something done, with what. `isHarmless` leaves out what would end this process. */
export function succeeded(aims: Aims, isHarmless: boolean): Promise<string[]>;
