import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readPath } from "../../core/rag/readers/testing/read-path.ts";
import { makeWorkerRequests } from "./worker-requests.ts";

const { signal } = new AbortController();
const models = resolve(import.meta.dirname, "../../.cache/models");
const small = "all-MiniLM-L6-v2";

/** The worker's answers over a library in a folder of its own, and the names of what it told. */
async function opened(embeddingModel: string, areVectorsHeld: boolean) {
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
  const opening = { dataFolder: folder, nativeBinding: undefined, modelFolders: [models], threads: 1 };
  await requests["library.open"]({ ...opening, vault, embeddingModel, areVectorsHeld }, signal);
  onTestFinished(async () => requests["library.close"](undefined, signal));

  /** Adds so many small notes. */
  async function addNotes(count: number): Promise<void> {
    const { id } = await requests["collections.create"]({ name: "Notes" }, signal);
    const paths = Array.from({ length: count }, (_, at) => join(folder, `note ${at}.txt`));
    for (const [at, path] of paths.entries()) await writeFile(path, `Note ${at} is about herons.`);
    await requests["library.add-paths"]({ collectionId: id, paths }, signal);
  }
  const states = async (): Promise<string[]> =>
    (await requests["library.files"]({ filter: "", offset: 0, limit: 50 }, signal)).files.map(
      ({ state }) => state,
    );
  return { requests, told, addNotes, states };
}

// Each word on models makes main look at every model folder.
test("files that are read tell of progress and changes, and of models only once they changed", async () => {
  const { told, addNotes, states } = await opened("none", false);
  // The search model is not there: that is told once.
  await expect.poll(() => told).toContain("models-changed");
  told.length = 0;
  await addNotes(20);
  await expect.poll(states).toEqual(Array.from({ length: 20 }, () => "words"));
  // Told at intervals: the last word may still be on its way.
  await expect.poll(() => told).toEqual(expect.arrayContaining(["library-changed", "library-progress"]));
  expect(told).not.toContain("models-changed");
  expect(told).not.toContain("index-build");
});

test.skipIf(!existsSync(join(models, small, "config.json")))(
  "a library that is opened on battery makes no vectors until it is told that it may",
  async () => {
    const { requests, addNotes, states } = await opened(small, true);
    await addNotes(3);
    const isIdle = async (): Promise<string> => (await requests["library.progress"](undefined, signal)).state;
    await expect.poll(states, { timeout: 20_000 }).toEqual(["words", "words", "words"]);
    await expect.poll(isIdle, { timeout: 20_000 }).toBe("idle");
    expect(await states()).toEqual(["words", "words", "words"]);
    await requests["library.hold-vectors"]({ held: false }, signal);
    await expect.poll(states, { timeout: 20_000 }).toEqual(["ready", "ready", "ready"]);
  },
);
