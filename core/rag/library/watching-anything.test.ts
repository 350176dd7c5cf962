import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seededRandom } from "../../store/testing/seeded-random.ts";
import { makeDiskChanges } from "./testing/disk-changes.ts";
import { makeWatchRig, patience, type WatchRig } from "./testing/watch-rig.ts";

/** What the library says stands in each file. */
async function textsIn({ library }: WatchRig): Promise<Record<string, string>> {
  const { files } = library.files({ filter: "", offset: 0, limit: 1_000 });
  const texts = await Promise.all(
    files.map(async ({ path, state, documentId }) => {
      const [passage] = documentId === null ? [] : await library.passages(documentId, 0, 1);
      return [path, state === "ready" ? (passage?.text ?? "") : state] as const;
    }),
  );
  return Object.fromEntries(texts);
}

test.each([1, 2, 3, 4])(
  "whatever is done to watched folders, the library ends up with what stands in them (seed %i)",
  async (seed) => {
    const rig = await makeWatchRig();
    const random = seededRandom(seed);
    const folders = ["notes", "archive"].map((name) => join(rig.base, name));
    const outside = join(rig.base, "outside");
    for (const path of [...folders, outside]) mkdirSync(path);
    const disk = makeDiskChanges(folders, outside, random);
    await rig.library.add(rig.collectionId, folders);
    for (let round = 0; round < 12; round++) {
      for (let step = 0; step < 10; step++) {
        disk.step();
        // Scans and readings begin in between, or do not.
        if (random() < 0.3) rig.clock.advance(random() * 1_000);
        if (random() < 0.3) await new Promise(setImmediate);
      }
      await expect
        .poll(
          rig.later(async () => textsIn(rig)),
          patience,
        )
        .toEqual(disk.texts());
    }
    expect(rig.library.integrity()).toEqual([]);
    expect(rig.faults).toEqual([]);
  },
);
