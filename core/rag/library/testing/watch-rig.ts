import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { openTestDatabase, temporaryFolder } from "../../../store/testing/test-database.ts";
import { fakeEmbedder } from "../../embedding/testing/fake-embedder.ts";
import { isReadable } from "../../readers/formats.ts";
import type { Library, LibraryDeps } from "../library.ts";
import { makeFakeClock, type FakeClock } from "./fake-clock.ts";
import { makeTestLibrary } from "./test-library.ts";

/** How long the system may take to tell of a change, and how often it is looked for. */
export const patience = { timeout: 20_000, interval: 20 };

/** A library that watches real folders, its time in the test's hands. */
export interface WatchRig {
  readonly library: Library;
  readonly clock: FakeClock;
  /** A folder for the test's own folders. */
  readonly base: string;
  readonly collectionId: number;
  /** Texts that were embedded. */
  readonly embedded: string[];
  /** Paths that were looked at. */
  readonly looked: Set<string>;
  readonly faults: unknown[];
  /** Writes a file below the base. */
  readonly write: (name: string, text: string) => string;
  /** Path below the base → state, and how many passages have a vector. */
  readonly states: () => Record<string, string>;
  /** For `expect.poll`: time moves on and the work is done before each asking. */
  readonly later: <Value>(ask: () => Value | Promise<Value>) => () => Promise<Value>;
  /** As `later`, while the library is at work. */
  readonly meanwhile: WatchRig["later"];
}

export async function makeWatchRig(other: Partial<LibraryDeps> = {}): Promise<WatchRig> {
  const base = temporaryFolder();
  const clock = makeFakeClock();
  const looked = new Set<string>();
  const embedded: string[] = [];
  const faults: unknown[] = [];
  const library = makeTestLibrary(openTestDatabase(), {
    isWatching: true,
    clock,
    isReadable: (path) => {
      // Names alone are what the system tells; what is looked at has its whole path.
      if (path.startsWith(base)) looked.add(path.slice(base.length + 1));
      return isReadable(path);
    },
    failed: (error) => faults.push(error),
    ...other,
  });
  onTestFinished(async () => library.close());
  const embedder = fakeEmbedder();
  await library.models.use({
    ...embedder,
    embedDocuments: async (texts, signal) => {
      for (const text of texts) embedded.push(text);
      return embedder.embedDocuments(texts, signal);
    },
  });
  const meanwhile: WatchRig["later"] = (ask) => async () => {
    clock.advance(500);
    return ask();
  };
  return {
    library,
    clock,
    base,
    collectionId: library.createCollection("Mine").id,
    embedded,
    looked,
    faults,
    write: (name, text) => {
      const path = join(base, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    states: () =>
      Object.fromEntries(
        library
          .files({ filter: "", offset: 0, limit: 100_000 })
          .files.map((file) => [
            file.path.slice(base.length + 1),
            `${file.state} ${file.embedded}/${file.passages}`,
          ]),
      ),
    meanwhile,
    later: (ask) =>
      meanwhile(async () => {
        await library.whenIdle();
        return ask();
      }),
  };
}
