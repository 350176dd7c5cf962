import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { suggestRequest } from "../contract/suggest.ts";
import { insertCollection, listCollections } from "../store/collections.ts";
import { keepSuggestion, listSuggestions } from "../store/saved-suggestions.ts";
import { openTestDatabase } from "../store/testing/test-database.ts";
import { hit } from "../suggest/testing/suggest-rig.ts";
import { suggest } from "../suggest/suggest.ts";
import { makeLocalTierStore } from "../tiers/tier-store.ts";
import { composeQwill } from "./compose-qwill.ts";
import type { LibraryAccess } from "./library-requests.ts";
import { defaultSettings } from "../contract/default-settings.ts";

const never = () => new AbortController().signal;

/** Qwill as it is composed, over a real database; its library holds one passage of one collection. */
function makeRig() {
  const db = openTestDatabase();
  const store = makeLocalTierStore(db);
  const collection = insertCollection(db, "Cellar", "device");
  const own: Partial<Record<string, (input: never) => unknown>> = {
    "collections.list": () => listCollections(db),
    "search.similarities": () => null,
    "search.run": () => ({
      hits: [hit(1, "The notice period is three months.", collection)],
      mode: "words",
      notices: [],
      milliseconds: { embed: 0, vectors: 0, words: 0, fuse: 0, total: 0 },
    }),
    "suggestions.keep": (input) => keepSuggestion(db, { ...(input as object), createdAt: 1 } as never),
  };
  const library = {
    request: async (name: string, input: never, signal: AbortSignal) =>
      own[name] ? own[name](input) : store.request(name as "tiers.accepted", input, signal),
  } as unknown as LibraryAccess;
  const qwill = composeQwill({
    library,
    settings: { current: () => defaultSettings, update: () => defaultSettings, unreadable: () => [] },
    modelFolders: [join(import.meta.dirname, "no-models-here")],
    modelHub: "https://hub.invalid",
    modelsChanged: () => undefined,
    loadModel: () => Promise.reject(new Error("no model is loaded here")),
    unloadModel: async () => undefined,
    countQwenTokens: () => Promise.reject(new Error("nothing is counted here")),
    report: (_where, error) => {
      throw error;
    },
  });
  onTestFinished(() => qwill.close());
  return { db, qwill, collection };
}

test("an accepted suggestion is kept with the collections it was written from, whatever the window says", async () => {
  const { db, qwill, collection } = makeRig();
  const request = suggestRequest.parse({ id: "r1", text: "How long is the notice period?" });
  let text = "";
  for await (const event of suggest(request, qwill.suggest, never()))
    if (event.type === "text-delta") text += event.text;
  expect(text).toContain("three months");
  const given = { intent: "answer", request: request.text, accepted: true, rating: 0 } as const;
  await qwill.saveSuggestion({ ...given, requestId: "r1", text }, never());
  await qwill.saveSuggestion({ ...given, requestId: "r1", text: `${text} and more` }, never());
  await qwill.saveSuggestion({ ...given, requestId: "r2", text }, never());
  const claimed = { ...given, requestId: "r3", text, collections: [], reach: "cloud" };
  await qwill.saveSuggestion(claimed, never());
  expect(listSuggestions(db, 0, 10).toReversed()).toMatchObject([
    { collections: [collection], reach: "cloud" },
    { collections: [], reach: "device" },
    { collections: [], reach: "device" },
    { collections: [], reach: "device" },
  ]);
});
