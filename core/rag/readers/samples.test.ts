import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../../contract/errors.ts";
import { readPath } from "./testing/read-path.ts";

interface Sample {
  readonly file: string;
  readonly kind: "good" | "broken";
  readonly outcome?: "text" | "error" | "empty" | "any";
  readonly expect: readonly string[];
  readonly mustNotContain?: readonly string[];
}

const shared = process.env["QWILL_SHARED"] ?? resolve(import.meta.dirname, "../../../../shared");
const folder = join(shared, "data/documents");
const manifest = join(folder, "manifest.json");
const isThere = existsSync(manifest);
const samples = isThere ? (JSON.parse(readFileSync(manifest, "utf8")) as { files: Sample[] }).files : [];

/** The comparison that the set's README asks for, on both sides. */
function comparable(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

async function outcomeOf(file: string): Promise<{ text: string; code: string | null }> {
  try {
    const { documents } = await readPath(join(folder, file), new AbortController().signal);
    return { text: comparable(documents.map((document) => document.text).join("\n")), code: null };
  } catch (error) {
    if (error instanceof AppError) return { text: "", code: error.code };
    throw error;
  }
}

// Skipped where the sample documents are not beside the checkout (set QWILL_SHARED to their folder).
describe.skipIf(!isThere)("the sample documents", () => {
  test("are all there", () => {
    expect(samples).toHaveLength(82);
  });

  test.each(samples.map((sample) => [sample.file, sample] as const))(
    "%s ends as its manifest says",
    async (file, sample) => {
      const { text, code } = await outcomeOf(file);
      for (const words of sample.mustNotContain ?? []) expect(text).not.toContain(words);
      const wanted = sample.kind === "good" ? "text" : sample.outcome;
      if (wanted === "error") expect(code).toMatch(/^file-(encrypted|damaged|format-)/);
      if (wanted === "empty") expect(code).toMatch(/^file-(empty|is-picture)$/);
      if (wanted === "text") for (const words of sample.expect) expect(text).toContain(comparable(words));
    },
  );
});
