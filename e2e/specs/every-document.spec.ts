import { basename, dirname, join } from "node:path";
import { cpSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { LibraryFile } from "../../core/contract/documents.ts";
import { expect, test } from "../fixtures/test.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { ask } from "../support/ask-bridge.ts";
import { listedDocuments, normalised, type ListedDocument } from "../support/document-manifest.ts";
import { sharedData } from "../support/shared-data.ts";

const folder = sharedData("documents");

/** What the library holds of a file, put together again from its passages. */
async function textOf(page: Page, file: LibraryFile): Promise<string> {
  const heads = await ask(page, "documents.list", { fileId: file.id, offset: 0, limit: 500 });
  let text = "";
  for (const { id, passages } of heads) {
    let end = 0;
    for (let offset = 0; offset < passages; offset += 500) {
      for (const passage of await ask(page, "documents.passages", { id, offset, limit: 500 })) {
        const isApart = passage.start > end;
        text += (isApart ? " " : "") + passage.text.slice(Math.max(0, end - passage.start));
        end = Math.max(end, passage.end);
      }
    }
  }
  return normalised(text);
}

/** What is not as the manifest says, in words; null: it is. */
async function differenceOf(page: Page, listed: ListedDocument, file: LibraryFile): Promise<string | null> {
  const wanted = listed.kind === "good" ? "text" : listed.outcome;
  if (file.state === "failed") {
    const code = file.failure?.code ?? "none";
    if (wanted === "text") return `failed: ${code}`;
    if (wanted === "empty" && code !== "file-empty" && code !== "file-is-picture")
      return `not empty: ${code}`;
    if (/password/.test(listed.why ?? "") && code !== "file-encrypted") return `not encrypted: ${code}`;
    return /^(file|reader)-/.test(code) ? null : `no reason of the file: ${code}`;
  }
  if (wanted === "error" || wanted === "empty") return `${file.state} with ${file.passages} passages`;
  const text = await textOf(page, file);
  const missing = listed.expect.filter((part) => !text.includes(normalised(part)));
  if (missing.length > 0) return `without “${missing.join("”, “")}”`;
  const foreign = (listed.mustNotContain ?? []).filter((part) => text.includes(part));
  return foreign.length > 0 ? `with “${foreign.join("”, “")}”` : null;
}

test.describe("the shared documents", () => {
  test.skip(folder === null, "the shared test data is not beside this checkout");

  test("every one ends with the outcome that its manifest names, and its row says why", async ({
    qwill,
    page,
    writeDocument,
  }) => {
    const listed = listedDocuments(folder ?? "");
    const copy = dirname(writeDocument("readme-not.xyz", "nothing"));
    for (const { file } of listed) cpSync(join(folder ?? "", file), join(copy, file));
    const firstRun = new FirstRun(qwill);
    await firstRun.chooseKey();
    await firstRun.addFolder(copy);
    await new Library(qwill).expectIdle(150_000);

    const { files } = await ask(page, "library.files", { limit: 500 });
    const byPath = new Map(files.map((file) => [file.path, file]));
    const differences: string[] = [];
    for (const one of listed) {
      const file = byPath.get(join(copy, one.file));
      const difference = file ? await differenceOf(page, one, file) : "no row";
      if (difference !== null) differences.push(`${one.file}: ${difference}`);
    }
    expect(differences).toEqual([]);
    expect(files.filter(({ state }) => state !== "ready" && state !== "failed")).toEqual([]);

    // What the person sees of it: a sentence, never a code.
    const library = new Library(qwill);
    for (const [file, sentence] of [
      ["broken/aes-256.pdf", "The file is protected by a password."],
      ["broken/image-only.pdf", "The pages are pictures without text."],
      ["broken/whitespace-only.txt", "There is no text in the file."],
      ["pdf/vue-zh-slots.pdf", "Ready"],
    ] as const) {
      await library.findByName(basename(file));
      await expect(library.row(basename(file))).toContainText(sentence);
    }
  });
});
