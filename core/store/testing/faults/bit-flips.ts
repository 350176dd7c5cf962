import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AppError } from "../../../contract/errors.ts";
import { toStoreError } from "../../store-error.ts";
import { seededRandom } from "../seeded-random.ts";
import { changesOf, make } from "./changes.ts";
import { contentsOf, isSame, lost, momentsOf, type Contents } from "./contents.ts";
import { openFolder } from "./open-folder.ts";
import { newTally, type Tally } from "./tally.ts";

/** A library's files as they lay on the disk at one moment, with what they hold and held before. */
export interface Library {
  readonly files: ReadonlyMap<string, Buffer>;
  /** What it held at each moment, the last one being what it holds. */
  readonly history: readonly Contents[];
}

const log = "library.db-wal";

/** A library that was not closed: its last changes stand in the log alone. */
export async function unclosedLibrary(seed: number, changes: number): Promise<Library> {
  const folder = mkdtempSync(join(tmpdir(), "qwill-faults-"));
  try {
    const { db } = await openFolder(folder);
    const history: Contents[] = [new Set<string>()];
    const next = changesOf(seed);
    for (let at = 0; at < changes; at++) {
      const change = next.next().value;
      for (const _ of make(db, change));
      history.push(...momentsOf(history.at(-1)!, change));
    }
    const files = new Map<string, Buffer>();
    for (const name of [
      "library.db",
      log,
      ...readdirSync(join(folder, "keys")).map((slot) => `keys/${slot}`),
    ])
      files.set(name, readFileSync(join(folder, name)));
    db.close();
    return { files, history };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Flips a bit of a library's files and opens it, so many times: all is there, or the person hears of it. */
export async function flipBits(library: Library, rounds: number, seed: number): Promise<Tally> {
  const tally = newTally();
  const random = seededRandom(seed);
  const names = [...library.files.keys()];
  for (let round = 0; round < rounds; round++) {
    // Database and log by turns; every fifth time a slot.
    const slots = names.filter((name) => name.startsWith("keys/"));
    const name =
      round % 5 === 4 ? slots[Math.floor(random() * slots.length)]! : round % 2 === 0 ? "library.db" : log;
    const bytes = Buffer.from(library.files.get(name)!);
    const at = Math.floor(random() * bytes.length);
    bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
    await judge(
      library,
      new Map([...library.files, [name, bytes]]),
      `${name} byte ${at} (seed ${seed}.${round})`,
      tally,
    );
  }
  return tally;
}

/** Cuts the log at any length, as a power cut may, and opens the library: what it holds is what it held at some moment. */
export async function cutLogs(library: Library, rounds: number, seed: number): Promise<Tally> {
  const tally = newTally();
  const random = seededRandom(seed);
  const whole = library.files.get(log)!;
  for (let round = 0; round < rounds; round++) {
    const length = Math.floor(random() * whole.length);
    const files = new Map([...library.files, [log, whole.subarray(0, length)]]);
    await judge(library, files, `log cut to ${length} (seed ${seed}.${round})`, tally);
  }
  return tally;
}

async function judge(
  library: Library,
  files: ReadonlyMap<string, Buffer>,
  what: string,
  tally: Tally,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "qwill-faults-"));
  tally.rounds += 1;
  try {
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const { db, isTold } = await openFolder(folder);
    try {
      if (isTold) tally.told += 1;
      const found = contentsOf(db);
      const missing = lost(library.history.at(-1)!, found);
      if (isTold) tally.lostAndTold += missing;
      else tally.lostInSilence += missing;
      if (!library.history.some((moment) => isSame(moment, found)))
        tally.failures.push(`${what}: it holds what it never held`);
      else if (!isTold && !isSame(library.history.at(-1)!, found))
        tally.failures.push(`${what}: ${missing} missing, and nobody is told`);
    } finally {
      db.close();
    }
  } catch (error) {
    const fault = toStoreError(error);
    if (fault instanceof AppError) tally.told += 1;
    else tally.failures.push(`${what}: ${String(fault)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
