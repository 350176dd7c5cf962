import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultSettings } from "../contract/default-settings.ts";
import type { Settings } from "../contract/settings.ts";
import { makeModels, type Models } from "./models.ts";
import { ggufBytes } from "./testing/small-models.ts";

const { signal } = new AbortController();
let root = "";
let settings: Settings = defaultSettings;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "qwill-models-"));
  settings = defaultSettings;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The models of this machine with one imported language model in use. */
async function withModelInUse(
  unload: (id: string) => Promise<void>,
): Promise<{ models: Models; id: string }> {
  const models = makeModels({
    folders: [root],
    hub: "https://hub.invalid",
    fetch: () => async () => Promise.reject(new Error("nothing is fetched here")),
    settings: {
      current: () => settings,
      unreadable: () => [],
      update: (patch) => {
        if (patch.generationModel !== undefined)
          settings = { ...settings, generationModel: patch.generationModel };
        return settings;
      },
    },
    searchModel: { use: async () => undefined, inUse: async () => [] },
    unloadLanguageModel: () => unload(id),
    changed: () => undefined,
  });
  const file = join(root, "mine.gguf");
  writeFileSync(file, ggufBytes({ "general.architecture": "llama", "llama.context_length": 2048 }, 5000));
  const id = await models.import(file, signal);
  await models.use("generation", id, signal);
  return { models, id };
}

test("a language model that is loaded is let go before its files are removed", async () => {
  const seen: string[] = [];
  const { models, id } = await withModelInUse(async (modelId) => {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`files there: ${existsSync(join(root, modelId))}, chosen: ${settings.generationModel}`);
  });
  await models.remove(id, signal);
  expect(seen).toEqual(["files there: true, chosen: null"]);
  expect(existsSync(join(root, id))).toBe(false);
});

test("files of a model that could not be let go stay", async () => {
  const { models, id } = await withModelInUse(async () => Promise.reject(new Error("it hangs")));
  await expect(models.remove(id, signal)).rejects.toThrow("it hangs");
  expect(existsSync(join(root, id))).toBe(true);
});

test("an imported model that was chosen is loaded from the file it was imported to, and not once that was changed", async () => {
  const { models, id } = await withModelInUse(async () => undefined);
  expect(await models.generationFile(id, signal)).toBe(join(root, id, "mine.gguf"));
  const other = ggufBytes({ "general.architecture": "llama", "llama.context_length": 4096 }, 5000);
  writeFileSync(join(root, id, "mine.gguf"), other);
  await expect(models.generationFile(id, signal)).rejects.toMatchObject({ code: "model-damaged" });
  await models.remove(id, signal);
  await expect(models.generationFile(id, signal)).rejects.toMatchObject({ code: "model-missing" });
});
