import { gunzipSync } from "node:zlib";
import { AppError } from "../../contract/errors.ts";
import { cleanText } from "./clean-text.ts";
import { decodeText } from "./decode-text.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { damaged, limitExceeded, readerLimits, throwIfCancelled } from "./limits.ts";
import type { FormatReader, ReadDocument } from "./reader.ts";
import { addPlainText } from "./text-blocks.ts";

const warnedLines = 50;

/** A data set: `{id, title, text}` a line (`_id` too); a line that is not that is a warning `bad-line:N`. */
export const jsonlReader: FormatReader = {
  format: "jsonl",
  async read(bytes, _name, signal) {
    const { text, badBytes } = decodeText(isGzip(bytes) ? gunzip(bytes) : bytes);
    const documents: ReadDocument[] = [];
    const warnings: string[] = badBytes > 0 ? [`bad-bytes:${badBytes}`] : [];
    let number = 0;
    let bad = 0;
    for (const line of eachLine(text)) {
      number++;
      if (number % 1000 === 0) throwIfCancelled(signal);
      if (!line.trim()) continue;
      const document = readLine(line, number);
      if (document) documents.push(document);
      else if (++bad <= warnedLines) warnings.push(`bad-line:${number}`);
    }
    if (bad > warnedLines) warnings.push(`bad-lines:${bad}`);
    if (documents.length === 0) throw bad > 0 ? damaged("lines") : new AppError("file-empty");
    return { format: "jsonl", documents, warnings };
  },
};

function readLine(line: string, number: number): ReadDocument | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const record = value as Record<string, unknown>;
  const text = record["text"];
  if (typeof text !== "string") return null;
  const id = record["id"] ?? record["_id"];
  const key = typeof id === "string" || typeof id === "number" ? String(id) : String(number);
  const title = typeof record["title"] === "string" ? record["title"] : null;
  const builder = makeDocumentBuilder();
  addPlainText(builder, cleanText(text));
  return builder.isEmpty() ? null : builder.finish({ key, title });
}

function* eachLine(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    yield text.slice(start, end < 0 ? text.length : end);
    if (end < 0) return;
    start = end + 1;
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function gunzip(bytes: Uint8Array): Uint8Array {
  const limit = Math.min(
    readerLimits.inflatedBytes,
    Math.max(readerLimits.ratioFreeBytes, bytes.length * readerLimits.inflateRatio),
  );
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (cause) {
    const tooLong = cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    throw tooLong ? limitExceeded("inflated-bytes", cause) : damaged("gzip", cause);
  }
}
