import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { defaultEmbeddingModel, findEmbeddingRow } from "../../models/embedding-catalogue.ts";
import { getPassages, passagePlacesOf } from "../../store/documents.ts";
import { readDocumentText } from "../../store/document-text.ts";
import { getFile } from "../../store/files.ts";
import type { WriteDb } from "../../store/handle.ts";
import { removeDocument } from "../../store/remove.ts";
import { openTestDatabase, temporaryFolder } from "../../store/testing/test-database.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { fakeEmbedder } from "../embedding/testing/fake-embedder.ts";
import { openEmbedder } from "../embedding/transformers-embedder.ts";
import { toTerms } from "../search/words/terms.ts";
import type { Library } from "./library.ts";
import { recutFile } from "./recut.ts";
import { makeSweeper } from "./sweeper.ts";
import { makeTestLibrary } from "./testing/test-library.ts";

const row = findEmbeddingRow(defaultEmbeddingModel)!;
const folder = resolve(import.meta.dirname, "../../../.cache/models", row.id);
const never = new AbortController().signal;

/** A library of these files' texts, indexed by words alone. */
async function makeRig(texts: Readonly<Record<string, string>>): Promise<{ db: WriteDb; library: Library }> {
  const db = openTestDatabase();
  const library = makeTestLibrary(db);
  onTestFinished(async () => library.close());
  const paths = Object.entries(texts).map(([name, text]) => {
    const path = join(temporaryFolder(), name);
    writeFileSync(path, text);
    return path;
  });
  await library.add(library.ensureCollection("Mine").id, paths);
  await library.whenIdle();
  return { db, library };
}

interface Cut {
  readonly id: number;
  readonly text: string;
}

function passagesIn(db: WriteDb): Cut[] {
  const ids = db.prepare<{ id: number }>("SELECT id FROM passages ORDER BY document_id, ordinal").all();
  return getPassages(
    db,
    ids.map(({ id }) => id),
  );
}

const tokensOf = (embedder: Embedder, passages: readonly Cut[]): number[] =>
  passages.map(({ text }) => embedder.countTokens(text));

/** Everything that must be so once all vectors are there. */
async function expectWhole(db: WriteDb, library: Library, embedder: Embedder): Promise<void> {
  const passages = passagesIn(db);
  expect(await library.models.active?.vectors.count()).toBe(passages.length);
  expect(await library.models.active?.vectors.countMissing()).toBe(0);
  expect(library.integrity()).toEqual([]);
  for (const { id, passages: count } of library.files({ filter: "", offset: 0, limit: 50 }).files) {
    const file = getFile(db, id)!;
    expect(file.vectorsFingerprint).toBe(embedder.fingerprint);
    const places = passagePlacesOf(db, file.documentId!);
    expect(places.map(({ ordinal }) => ordinal)).toEqual(places.map((_, at) => at));
    expect(count).toBe(places.length);
    const text = readDocumentText(db, file.documentId!);
    const rest = places.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
    expect(rest.trim()).toBe("");
  }
}

const many = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(" ");

/** Texts of which a model of English makes many tokens a character. */
const scripts: Readonly<Record<string, string>> = {
  "amounts.txt": many(400, (at) => `${7_919 * at + 104_729};${at * 31}.${at}9 EUR.`),
  "keys.txt": many(60, (at) => `k${(at * 2_654_435_761).toString(36)}xQ${(at * 40_503 + 7).toString(16)}`),
  "german.txt": many(
    120,
    (at) => `Donaudampfschifffahrtsgesellschaftskapitänsmütze ${at} Rechtsschutzversicherung`,
  ),
  "russian.txt": many(60, () => "Капитан внимательно рассматривал навигационные приборы."),
  "arabic.txt": many(60, () => "كان القبطان يراقب أجهزة الملاحة بعناية شديدة."),
  "hindi.txt": many(60, () => "कप्तान ने नौवहन उपकरणों को ध्यान से देखा।"),
  "korean.txt": many(60, () => "선장은 항해 장비를 주의 깊게 살펴보았다."),
  "chinese.txt": many(60, () => "船长仔细地观察了导航设备。"),
  "thai.txt": many(60, () => "กัปตันสังเกตอุปกรณ์นำทางอย่างระมัดระวัง"),
  "unbroken.txt": "8f3k2l9".repeat(400),
  "english.txt": many(90, (at) => `Sentence number ${at} says that the ship left the harbour at dawn.`),
};

describe.skipIf(!existsSync(join(folder, "config.json")))("with the default model", () => {
  test("no passage that was cut without a model is longer than the model sees", async () => {
    const { db, library } = await makeRig(scripts);
    const embedder = await openEmbedder({ row, folder, threads: 1 });
    onTestFinished(async () => embedder.close());
    expect(Math.max(...tokensOf(embedder, passagesIn(db)))).toBeGreaterThan(row.longestInput - 2);
    await library.models.use(embedder);
    await library.whenIdle();
    expect(Math.max(...tokensOf(embedder, passagesIn(db)))).toBeLessThanOrEqual(row.longestInput - 2);
    await expectWhole(db, library, embedder);
  }, 60_000);
});

const sentences = (count: number): string =>
  many(count, (at) => `Sentence number ${at} says that the ship left the harbour at dawn.`);

describe("passages that are too long for a model", () => {
  const wide = fakeEmbedder({ modelId: "wide", dimension: 32 });
  const narrow = fakeEmbedder({ modelId: "narrow", dimension: 48, longestInput: 60 });

  test.each([
    ["short", 100],
    ["long", 9_000],
  ])(
    "are cut anew in a %s file, and found in all their parts",
    async (_, count) => {
      const { db, library } = await makeRig({ "note.txt": `${sentences(count)} The last word is heron.` });
      const before = passagesIn(db).length;
      await library.models.use(narrow);
      await library.whenIdle();
      const passages = passagesIn(db);
      expect(passages.length).toBeGreaterThan(before);
      expect(Math.max(...tokensOf(narrow, passages))).toBeLessThanOrEqual(54);
      await expectWhole(db, library, narrow);
      const { hits } = await library.retriever.search(
        { question: "The last word is heron", k: 1, mode: "vectors", collections: [] },
        never,
      );
      expect(hits[0]?.text).toContain("heron");
    },
    60_000,
  );

  test("are cut anew for a model that comes later, and those that fit it stay the same", async () => {
    const notes = { "long.txt": sentences(60), "short.txt": "The heron stands in the reeds." };
    const { db, library } = await makeRig(notes);
    await library.models.use(wide);
    await library.whenIdle();
    const fits = passagesIn(db).filter(({ text }) => wide.countTokens(text) <= 54);
    expect(fits.length).toBeGreaterThan(0);
    await library.models.use(narrow, wide);
    await library.whenIdle();
    await library.models.settled();
    expect(library.models.active?.embedder.modelId).toBe("narrow");
    expect(Math.max(...tokensOf(narrow, passagesIn(db)))).toBeLessThanOrEqual(54);
    const kept = new Map(passagesIn(db).map(({ id, text }) => [id, text]));
    for (const { id, text } of fits) expect(kept.get(id)).toBe(text);
    await expectWhole(db, library, narrow);
  });

  test.each([
    ["short", 40],
    ["long", 9_000],
  ])(
    "bring no document of a %s file back that is removed meanwhile",
    async (_, count) => {
      const { db, library } = await makeRig({
        "mails.jsonl": [sentences(count), "Another."].map((text) => JSON.stringify({ text })).join("\n"),
      });
      const file = library.files({ filter: "", offset: 0, limit: 1 }).files[0]!;
      const documents = library.documentsOfFile(file.id, 0, 10);
      expect(documents).toHaveLength(2);
      const removing: Embedder = {
        ...narrow,
        countTokens: (text) => {
          if (getFile(db, file.id)?.documents === 2) removeDocument(db, documents[1]!.id);
          return narrow.countTokens(text);
        },
      };
      const sweeper = makeSweeper({ db, forget: async () => undefined, failed: () => undefined });
      const deps = { db, sweeper, toTerms, vectors: () => [], now: Date.now };
      expect(await recutFile(deps, file.id, removing, never)).toBeNull();
      await sweeper.whenIdle();
      expect(library.documentsOfFile(file.id, 0, 10).map(({ id }) => id)).toEqual([documents[0]!.id]);
      expect(library.integrity()).toEqual([]);
    },
    60_000,
  );
});
