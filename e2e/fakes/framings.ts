/** How the bytes of a stream are cut into packets; none of it may change what is read. */
export const framings = {
  /** One packet for each event, as servers do. */
  "event-by-event": (events: readonly string[]) => events.map(toBytes),
  "byte-by-byte": (events: readonly string[]) => cut(toBytes(events.join("")), 1),
  coalesced: (events: readonly string[]) => [toBytes(events.join(""))],
  "two-events-a-packet": (events: readonly string[]) => pairs(events).map(toBytes),
  "five-packets-an-event": (events: readonly string[]) =>
    events.flatMap((event) => {
      const bytes = toBytes(event);
      return cut(bytes, Math.max(1, Math.ceil(bytes.length / 5)));
    }),
  /** Every packet ends inside a character where there is one of several bytes. */
  "cut-in-characters": (events: readonly string[]) => cutInCharacters(toBytes(events.join(""))),
  "carriage-returns": (events: readonly string[]) =>
    events.map((event) => toBytes(event.replaceAll("\n", "\r\n"))),
  /** Comment lines between the events, as proxies and llama.cpp send them. */
  "with-pings": (events: readonly string[]) => events.flatMap((event) => [toBytes(":\n\n"), toBytes(event)]),
} as const satisfies Record<string, (events: readonly string[]) => readonly Uint8Array[]>;

export type Framing = keyof typeof framings;

const toBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) packets.push(bytes.subarray(at, at + size));
  return packets;
}

function pairs(events: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < events.length; at += 2) joined.push(events.slice(at, at + 2).join(""));
  return joined;
}

function cutInCharacters(bytes: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let start = 0;
  for (let at = 1; at < bytes.length; at += 1) {
    const isInside = ((bytes[at] ?? 0) & 0xc0) === 0x80;
    if (!isInside) continue;
    packets.push(bytes.subarray(start, at));
    start = at;
  }
  packets.push(bytes.subarray(start));
  return packets;
}
