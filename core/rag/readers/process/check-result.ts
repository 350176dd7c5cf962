import { formats } from "../../../contract/documents.ts";
import type { ReadDocument, ReadResult } from "../reader.ts";

/**
 * Whether a reply has the shape that a reader promises. The process parsed hostile bytes: what it says
 * is looked at before the library trusts its offsets.
 */
export function isReadResult(value: unknown): value is ReadResult {
  if (!isRecord(value)) return false;
  const { format, documents, warnings } = value;
  return (
    formats.includes(format as never) &&
    Array.isArray(documents) &&
    documents.every(isDocument) &&
    Array.isArray(warnings) &&
    warnings.every((warning) => typeof warning === "string" && /^[a-z-]+(:\d+)?$/.test(warning))
  );
}

function isDocument(value: unknown): value is ReadDocument {
  if (!isRecord(value)) return false;
  const { key, title, text, sections, pages } = value;
  if (!isTextOrNull(key) || !isTextOrNull(title) || typeof text !== "string" || !Array.isArray(sections))
    return false;
  if (pages !== null && !isCount(pages)) return false;
  let end = 0;
  for (const section of sections) {
    if (
      !isRecord(section) ||
      !isCount(section["start"]) ||
      !isCount(section["end"]) ||
      !isPlace(section["place"])
    )
      return false;
    if (section["start"] < end || section["end"] < section["start"] || section["end"] > text.length)
      return false;
    end = section["end"];
  }
  return true;
}

function isPlace(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([key, part]) => {
    if (key === "page" || key === "slide") return isCount(part) && part > 0;
    return (key === "sheet" || key === "heading") && typeof part === "string";
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
