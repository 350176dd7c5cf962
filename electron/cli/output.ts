import { toFailure, type Failure } from "../../core/contract/errors.ts";
import { sentenceOf } from "./messages.ts";

/** Where a command's words go: data on standard output, words for people on standard error. */
export interface Output {
  readonly isJson: boolean;
  /** One result: a line of JSON with --json, else what `human` makes of it (null: nothing). */
  result(value: object, human: () => string | null): void;
  /** A line as it is (a TREC run). */
  raw(line: string): void;
  /** Raw text of a streamed answer; nothing with --json. */
  text(part: string): void;
  /** Something to know, on standard error. */
  note(words: string): void;
  /** How far it is; rewritten in place on a terminal, left out elsewhere. */
  progress(words: string): void;
  failure(error: unknown): void;
}

export interface Streams {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

export function makeOutput(streams: Streams, isJson: boolean): Output {
  let shown = 0;

  function clear(): void {
    if (shown > 0) streams.err.write(`\r${" ".repeat(shown)}\r`);
    shown = 0;
  }

  function note(words: string): void {
    clear();
    streams.err.write(`${words}\n`);
  }

  return {
    isJson,
    result: (value, human) => {
      clear();
      const words = isJson ? JSON.stringify(value) : human();
      if (words !== null) streams.out.write(`${words}\n`);
    },
    raw: (line) => {
      clear();
      streams.out.write(`${line}\n`);
    },
    text: (part) => {
      if (!isJson) streams.out.write(part);
    },
    note,
    progress: (words) => {
      if (!streams.err.isTTY) return;
      clear();
      streams.err.write(words);
      shown = words.length;
    },
    failure: (error) => note(describe(toFailure(error), error)),
  };
}

function describe(failure: Failure, error: unknown): string {
  const sentence = sentenceOf(failure);
  // A bug says where: whoever reports it will need that.
  if (failure.code === "internal" && error instanceof Error)
    return `${sentence}\n${error.stack ?? error.message}`;
  return `${sentence} (${failure.code})`;
}
