import { expect, test } from "vitest";
import { accepts } from "./verify.ts";
import { defaultEmbeddingModel, embeddingCatalogue, findEmbeddingRow } from "./embedding-catalogue.ts";

type Pins = Readonly<Record<"files", Readonly<Record<string, string>>>>;

// By address, since core/ does not build on set-up's plain JavaScript.
const { embeddingModel, multilingualModel } = (await import(
  new URL("../../build/setup/pins.mjs", import.meta.url).href
)) as {
  embeddingModel: { name: string; hub: Pins & { repository: string; revision: string }; registry: Pins };
  multilingualModel: { name: string; registry: Pins };
};

test("the default model is the one that set-up fetches, whichever way it takes", () => {
  const row = findEmbeddingRow(defaultEmbeddingModel)!;
  expect([row.id, row.repository, row.revision]).toEqual([
    embeddingModel.name,
    embeddingModel.hub.repository,
    embeddingModel.hub.revision,
  ]);
  for (const pinned of [embeddingModel.hub.files, embeddingModel.registry.files]) {
    for (const file of row.files) expect(accepts(file, file.bytes, pinned[file.path]!), file.path).toBe(true);
  }
});

test("the multilingual model that set-up makes is one the application takes", () => {
  const row = findEmbeddingRow(multilingualModel.name)!;
  for (const file of row.files) {
    const made = multilingualModel.registry.files[file.path];
    const stated = [file, ...(file.alternatives ?? [])].find(({ sha256 }) => sha256 === made);
    expect(accepts(file, stated?.bytes ?? 0, made!), file.path).toBe(true);
  }
});

test("every row is pinned by revision and hash and can be told apart", () => {
  expect(new Set(embeddingCatalogue.map(({ id }) => id)).size).toBe(embeddingCatalogue.length);
  for (const { id, revision, files } of embeddingCatalogue) {
    expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
    expect(revision).toMatch(/^[0-9a-f]{40}$/);
    for (const file of files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    for (const path of ["config.json", "tokenizer.json", "tokenizer_config.json"])
      expect(files.map((file) => file.path)).toContain(path);
  }
});
