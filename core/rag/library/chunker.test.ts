import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Place } from "../../contract/documents.ts";
import { chunkDocument, chunkOptionsFor, type Chunk, type ChunkOptions } from "./chunker.ts";
import { openEmbedder } from "../embedding/transformers-embedder.ts";
import { defaultEmbeddingModel, findEmbeddingRow } from "../../models/embedding-catalogue.ts";
import type { ReadDocument } from "../readers/reader.ts";
import { fakeEmbedder } from "../embedding/testing/fake-embedder.ts";

const options: ChunkOptions = { ...chunkOptionsFor(fakeEmbedder()), target: 40, longest: 60 };

/** A document of sections, joined by blank lines. */
function documentOf(...parts: readonly [string, Place?][]): ReadDocument {
  let text = "";
  const sections = parts.map(([part, place = {}]) => {
    const start = text.length;
    text += `${part}\n\n`;
    return { start, end: start + part.length, place };
  });
  return { key: null, title: null, text, sections, pages: null };
}

function textsOf(document: ReadDocument, chunks: readonly Chunk[]): string[] {
  return chunks.map(({ start, end }) => document.text.slice(start, end));
}

const sentence = (n: number): string => `Sentence number ${n} says that the ship left the harbour at dawn.`;
const paragraph = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => sentence(from + i)).join(" ");

describe("chunking", () => {
  test("puts short paragraphs of one heading together and starts anew at a heading", () => {
    const document = documentOf(
      ["Intro line.", { heading: "A" }],
      ["Second line.", { heading: "A" }],
      ["Under B.", { heading: "B" }],
    );
    const chunks = chunkDocument(document, options);
    expect(textsOf(document, chunks)).toEqual(["Intro line.\n\nSecond line.", "Under B."]);
    expect(chunks.map((chunk) => chunk.place.heading)).toEqual(["A", "B"]);
  });

  test("never puts two pages, slides or sheets into one chunk", () => {
    const document = documentOf(
      ["On page 1.", { page: 1 }],
      ["On page 2.", { page: 2 }],
      ["Slide.", { slide: 3 }],
      ["Cell", { sheet: "Costs" }],
    );
    expect(chunkDocument(document, options).map((chunk) => chunk.place)).toEqual([
      { page: 1 },
      { page: 2 },
      { slide: 3 },
      { sheet: "Costs" },
    ]);
  });

  test("gives headings without text of their own to the section under them", () => {
    const document = documentOf(
      ["Harbour", { heading: "Harbour" }],
      ["Ships", { heading: "Harbour › Ships" }],
      ["Old", { heading: "Harbour › Ships › Old" }],
      ["They sail.", { heading: "Harbour › Ships › Old" }],
      ["Harbour", { heading: "Harbour" }],
    );
    const chunks = chunkDocument(document, options);
    expect(textsOf(document, chunks)).toEqual(["Harbour\n\nShips\n\nOld\n\nThey sail.", "Harbour"]);
    expect(chunks[0]!.place.heading).toBe("Harbour › Ships › Old");
  });

  test("cuts a long paragraph between sentences, in about equal parts", () => {
    const document = documentOf([paragraph(1, 9)]);
    const chunks = chunkDocument(document, options);
    expect(chunks.length).toBeGreaterThan(2);
    for (const text of textsOf(document, chunks)) expect(text).toMatch(/^Sentence.*dawn\.$/su);
    const sizes = chunks.map((chunk) => chunk.tokens);
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(2.1);
  });

  test("keeps a paragraph whole that fits the longest chunk", () => {
    const document = documentOf([paragraph(1, 4)]);
    expect(chunkDocument(document, { ...options, longest: 80 })).toHaveLength(1);
  });

  test("does not take the line ends of wrapped text for sentence ends", () => {
    const wrapped = paragraph(1, 12).replace(/(.{60}\S*) /gu, "$1\n");
    const document = documentOf([wrapped]);
    for (const text of textsOf(document, chunkDocument(document, options)))
      expect(text).toMatch(/^Sentence.*dawn\.$/su);
  });

  test("repeats whole sentences where an overlap is asked for", () => {
    const document = documentOf([paragraph(1, 9)]);
    const chunks = chunkDocument(document, { ...options, overlap: 15 });
    for (const [index, chunk] of chunks.entries()) {
      if (index > 0) expect(chunk.start).toBeLessThan(chunks[index - 1]!.end);
      expect(chunk.tokens).toBeLessThanOrEqual(options.longest);
      expect(document.text.slice(chunk.start, chunk.end)).toMatch(/^Sentence/u);
    }
  });

  test("cuts Chinese at its full stops and text without any stop somewhere", () => {
    const document = documentOf(
      ["港口在黎明开放，船只离开码头驶向大海。".repeat(12)],
      ["字".repeat(500)],
      ["x".repeat(5000)],
    );
    const chunks = chunkDocument(document, options);
    const chinese = textsOf(document, chunks).filter((text) => text.includes("港"));
    for (const text of chinese) expect(text).toMatch(/^港.*。$/u);
    expectCovered(document, chunks, options);
  });

  test("makes nothing of a document without text", () => {
    expect(chunkDocument(documentOf([" \n\t "]), options)).toEqual([]);
    expect(chunkDocument({ key: null, title: null, text: "", sections: [], pages: null }, options)).toEqual(
      [],
    );
  });

  test("loses no text and exceeds no limit, whatever the text (seeded)", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const document = randomDocument(seed);
      for (const tried of [options, { ...chunkOptionsFor(null), target: 30, longest: 45 }]) {
        expectCovered(document, chunkDocument(document, tried), tried);
      }
    }
  });
});

const row = findEmbeddingRow(defaultEmbeddingModel)!;
const folder = resolve(import.meta.dirname, "../../../.cache/models", row.id);

describe.skipIf(!existsSync(join(folder, "config.json")))(
  "with the default model (skipped while set-up has not fetched it)",
  () => {
    test("no chunk is longer than the model takes, as its tokenizer counts it", async () => {
      const embedder = await openEmbedder({ row, folder, threads: 1 });
      const chosen = chunkOptionsFor(embedder);
      for (let seed = 1; seed <= 60; seed++) {
        const document = randomDocument(seed);
        for (const { start, end } of chunkDocument(document, chosen)) {
          expect(embedder.countTokens(document.text.slice(start, end))).toBeLessThanOrEqual(
            row.longestInput - 2,
          );
        }
      }
      await embedder.close();
    });
  },
);

function expectCovered(document: ReadDocument, chunks: readonly Chunk[], { longest }: ChunkOptions): void {
  let reached = 0;
  for (const { start, end, tokens } of chunks) {
    expect(start).toBeGreaterThanOrEqual(reached);
    expect(document.text.slice(reached, start).trim()).toBe("");
    const text = document.text.slice(start, end);
    expect(text).toBe(text.trim());
    expect(text).not.toMatch(/\p{Surrogate}/u); // half a character
    expect(tokens).toBeLessThanOrEqual(longest);
    reached = end;
  }
  expect(document.text.slice(reached).trim()).toBe("");
}

function randomDocument(seed: number): ReadDocument {
  let state = seed;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % limit;
  };
  const pick = <Item>(items: readonly Item[]): Item => items[next(items.length)]!;
  const atoms = [
    "ship",
    "harbour ",
    "Dr. ",
    "e.g. ",
    "3.14 ",
    "\n",
    "\n\n",
    ". ",
    "! ",
    "。",
    "船",
    "港口",
    "สวัสดี",
    "안녕하세요 ",
    "😀",
    "👩‍👩‍👧 ",
    "\t",
    " | ",
    "q".repeat(40),
    "مرحبا ",
    "ß",
    "é",
    " ",
    "deadbeef09",
    "https://a.example/x?y=1 ",
    "---",
    "漢".repeat(30),
  ];
  const places: Place[] = [
    {},
    { page: 1 },
    { page: 2 },
    { heading: "A" },
    { heading: "A › B" },
    { sheet: "S" },
  ];
  const parts = Array.from({ length: 1 + next(5) }, (): [string, Place] => [
    Array.from({ length: next(400) }, () => pick(atoms)).join(""),
    pick(places),
  ]);
  return documentOf(...parts);
}
