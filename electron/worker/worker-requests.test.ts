import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readPath } from "../../core/rag/readers/testing/read-path.ts";
import { makeWorkerRequests } from "./worker-requests.ts";

const { signal } = new AbortController();

// Each word on models makes main look at every model folder.
test("files that are read tell of progress and changes, and of models only once they changed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "qwill-worker-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const told: string[] = [];
  const requests = makeWorkerRequests({
    makeReader: () => ({ read: readPath, close: async () => undefined }),
    emit: (name) => void told.push(name),
    report: (_where, error) => {
      throw error;
    },
  });
  const vault = {
    key: new Uint8Array(randomBytes(32)),
    vaultId: "0".repeat(32),
    generation: 0,
    protection: "key-file" as const,
    isNew: true,
  };
  const opening = { dataFolder: folder, nativeBinding: undefined, modelFolders: [], threads: 1 };
  await requests["library.open"](
    { ...opening, vault, embeddingModel: "none", areVectorsHeld: false },
    signal,
  );
  onTestFinished(async () => requests["library.close"](undefined, signal));
  // The search model is not there: that is told once.
  await expect.poll(() => told).toContain("models-changed");
  told.length = 0;

  const { id } = await requests["collections.create"]({ name: "Notes" }, signal);
  const paths = Array.from({ length: 20 }, (_, at) => join(folder, `note ${at}.txt`));
  for (const path of paths) await writeFile(path, `A note at ${path}.`);
  await requests["library.add-paths"]({ collectionId: id, paths }, signal);
  const states = async () =>
    (await requests["library.files"]({ filter: "", offset: 0, limit: 50 }, signal)).files;
  await expect.poll(async () => (await states()).map(({ state }) => state)).toEqual(paths.map(() => "words"));
  // Told at intervals: the last word may still be on its way.
  await expect.poll(() => told).toEqual(expect.arrayContaining(["library-changed", "library-progress"]));
  expect(told).not.toContain("models-changed");
  expect(told).not.toContain("index-build");
});
