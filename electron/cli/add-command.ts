import type { Command } from "commander";
import type { Session } from "./session.ts";

/** What a command does; resolves to the exit code. */
export type Act<Options> = (session: Session, args: string[], options: Options) => Promise<number>;

/** Adds a command with the options that all take. */
export type AddCommand = <Options extends object>(
  parent: Command,
  usage: string,
  description: string,
  act: Act<Options>,
) => Command;
