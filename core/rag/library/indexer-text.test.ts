import { expect, test } from "vitest";
import { chunkOptionsFor } from "./chunker.ts";
import { toDocuments } from "./indexer-text.ts";

test("a document longer than the limit is taken up to it, and says how many characters are left out", async () => {
  const text = Array.from(
    { length: 8 },
    (_, at) => `Paragraph ${at}, ${"as long as one likes ".repeat(40)}`,
  ).join("\n\n");
  const read = { title: "Long", text, key: null, pages: null, sections: [] };
  const result = { format: "txt" as const, documents: [read, { ...read, text: "Short." }], warnings: [] };
  const deps = { toTerms: (part: string) => part.split(" "), chunkOptions: () => chunkOptionsFor(null) };
  const signal = new AbortController().signal;
  const whole = await toDocuments(result, "a.txt", deps, signal);
  expect(whole.warnings).toEqual([]);
  expect(whole.documents[0]!.text).toBe(text);
  const cut = await toDocuments(result, "a.txt", deps, signal, 3);
  const [long, short] = cut.documents;
  expect(long!.passages).toEqual(whole.documents[0]!.passages.slice(0, 3));
  expect(text.startsWith(long!.text)).toBe(true);
  expect(long!.text).toHaveLength(long!.passages[2]!.end);
  expect(cut.warnings).toEqual([`text-left-out:${text.length - long!.text.length}`]);
  expect(short!.text).toBe("Short.");
});
