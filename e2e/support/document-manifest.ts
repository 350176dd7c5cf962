import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the manifest of the shared documents says of one of them. */
export interface ListedDocument {
  readonly file: string;
  readonly kind: "good" | "broken";
  /** Only of broken ones. */
  readonly outcome?: "text" | "error" | "empty" | "any";
  readonly why?: string;
  readonly expect: readonly string[];
  readonly mustNotContain?: readonly string[];
}

export function listedDocuments(folder: string): ListedDocument[] {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    files: ListedDocument[];
  };
  return manifest.files;
}

/** The normalisation under which the manifest's snippets are to be compared. */
export function normalised(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .replaceAll(/\s+/g, " ");
}
