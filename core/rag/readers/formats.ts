import type { Format } from "../../contract/documents.ts";

const formatsByExtension: ReadonlyMap<string, Format> = new Map([
  ["md", "md"],
  ["markdown", "md"],
  ["mdown", "md"],
  ["mkd", "md"],
  ["mdx", "md"],
  ["txt", "txt"],
  ["text", "txt"],
  ["log", "txt"],
  ["rst", "txt"],
  ["adoc", "txt"],
  ["org", "txt"],
  ["tex", "txt"],
  ["html", "html"],
  ["htm", "html"],
  ["xhtml", "html"],
  ["pdf", "pdf"],
  ["docx", "docx"],
  ["docm", "docx"],
  ["dotx", "docx"],
  ["dotm", "docx"],
  ["pptx", "pptx"],
  ["pptm", "pptx"],
  ["ppsx", "pptx"],
  ["ppsm", "pptx"],
  ["potx", "pptx"],
  ["xlsx", "xlsx"],
  ["xlsm", "xlsx"],
  ["xltx", "xlsx"],
  ["odt", "odt"],
  ["ott", "odt"],
  ["epub", "epub"],
  ["rtf", "rtf"],
  ["csv", "csv"],
  ["tsv", "csv"],
  ["tab", "csv"],
  ["eml", "eml"],
  ["jsonl", "jsonl"],
  ["ndjson", "jsonl"],
]);

/** The format that a file's name promises, or null. `data.jsonl.gz` is a data set too. */
export function formatOfName(path: string): Format | null {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).toLowerCase();
  const bare = name.endsWith(".jsonl.gz") ? name.slice(0, -3) : name;
  const dot = bare.lastIndexOf(".");
  if (dot < 0) return null;
  return formatsByExtension.get(bare.slice(dot + 1)) ?? null;
}

/** True when a folder scan should take the file: its name promises a format that has a reader. */
export function isReadable(path: string): boolean {
  return formatOfName(path) !== null;
}
