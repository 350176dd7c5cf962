import { AppError, type ErrorCode } from "../../../contract/errors.ts";
import { readBytesAs } from "../read-file.ts";
import type { ReadDocument, ReadResult } from "../reader.ts";

/** Reads bytes (or text as UTF-8) under a file name. */
export function readAs(name: string, content: Uint8Array | string): Promise<ReadResult> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return readBytesAs(bytes, name, new AbortController().signal);
}

/** The only document of what was read. */
export async function readOne(name: string, content: Uint8Array | string): Promise<ReadDocument> {
  const { documents } = await readAs(name, content);
  const [document] = documents;
  if (!document || documents.length !== 1) throw new Error(`expected one document, got ${documents.length}`);
  return document;
}

/** Each section as [heading or "", text]. */
export function outlineOf(document: ReadDocument): [string, string][] {
  return document.sections.map(({ start, end, place }) => [
    place.heading ?? "",
    document.text.slice(start, end),
  ]);
}

/** The texts of the sections. */
export function textsOf(document: ReadDocument): string[] {
  return document.sections.map(({ start, end }) => document.text.slice(start, end));
}

/** The code a read ends with, or "read" when it succeeds; anything but an AppError is thrown on. */
export async function outcomeOf(name: string, content: Uint8Array | string): Promise<ErrorCode | "read"> {
  try {
    await readAs(name, content);
    return "read";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
