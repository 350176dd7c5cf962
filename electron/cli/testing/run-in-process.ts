import { Writable } from "node:stream";
import { resolve } from "node:path";
import { programPlaces } from "../places.ts";
import { run } from "../program.ts";
import type { Desk, Outcome } from "./run-cli.ts";

const places = programPlaces(resolve(import.meta.dirname, ".."));

/** Runs one command line of a desk in this process: the same program, without the second a start takes. */
export async function runInProcess(
  desk: Pick<Desk, "dataFolder" | "keyFile">,
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  const out = makeSink();
  const err = makeSink();
  const code = await run(["--data-dir", desk.dataFolder, ...args], {
    places,
    environment: { ...process.env, QWILL_KEY_FILE: desk.keyFile },
    out: out.stream,
    err: err.stream,
    signal,
    openNetwork: () => undefined,
  });
  return {
    code,
    out: out.text(),
    err: err.text(),
    get lines() {
      return out
        .text()
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}

function makeSink(): { readonly stream: Writable; readonly text: () => string } {
  const parts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (part: string, _encoding, done) => {
      parts.push(part);
      done();
    },
  });
  return { stream, text: () => parts.join("") };
}
