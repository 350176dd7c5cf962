import type { Format } from "../../contract/documents.ts";
import { AppError } from "../../contract/errors.ts";
import { decodeText } from "./decode-text.ts";
import { damaged } from "./limits.ts";
import { openZip } from "./zip-archive.ts";

/**
 * The format that the content has, whatever the name says. Text formats cannot be told apart by their
 * bytes alone, so there the name decides. Throws the reason when the content has no reader.
 */
export function sniffFormat(bytes: Uint8Array, named: Format | null): Format {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  if (head.includes("%PDF-") && (named === "pdf" || head.trimStart().startsWith("%PDF-"))) return "pdf";
  if (/^\s*\{\\rtf/.test(head)) return "rtf";
  if (zipMagic.some((magic) => head.startsWith(magic))) return sniffZip(bytes, named);
  if (head.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) throw refuseCompound(bytes, named);
  if (head.startsWith("\x1f\x8b")) {
    if (named === "jsonl") return "jsonl";
    throw otherFormat(named);
  }
  if (named === null) {
    throw new AppError("file-format-unknown");
  }
  if (isOtherBinary(head) || looksBinary(bytes))
    throw isBinaryFormat(named) ? damaged("header") : otherFormat(named);
  return isBinaryFormat(named) ? textUnderBinaryName(bytes, named) : named;
}

const zipMagic = ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"];

function isBinaryFormat(format: Format): boolean {
  return ["pdf", "docx", "pptx", "xlsx", "odt", "epub", "rtf"].includes(format);
}

function otherFormat(named: Format | null): AppError {
  return named
    ? new AppError("file-format-mismatch", { facts: { format: named } })
    : new AppError("file-format-unknown");
}

function sniffZip(bytes: Uint8Array, named: Format | null): Format {
  const zip = openZip(bytes);
  const has = (prefix: string): boolean => zip.names.some((name) => name.startsWith(prefix));
  if (zip.has("word/document.xml")) return "docx";
  if (zip.has("ppt/presentation.xml")) return "pptx";
  if (zip.has("xl/workbook.xml")) return "xlsx";
  if (zip.has("mimetype") || zip.has("META-INF/container.xml") || zip.has("content.xml")) {
    const type = zip.has("mimetype") ? Buffer.from(zip.read("mimetype") ?? []).toString("latin1") : "";
    if (type.includes("epub") || zip.has("META-INF/container.xml")) return "epub";
    if (type.includes("opendocument.text") || (named === "odt" && zip.has("content.xml"))) return "odt";
  }
  if (zip.has("[Content_Types].xml")) {
    // Some producers name the parts differently; the relationships then say which kind it is.
    const types = Buffer.from(zip.read("[Content_Types].xml") ?? []).toString("utf8");
    if (types.includes("wordprocessingml") && (has("word") || named === "docx")) return "docx";
    if (types.includes("presentationml") && (has("ppt") || named === "pptx")) return "pptx";
    if (types.includes("spreadsheetml") && (has("xl") || named === "xlsx")) return "xlsx";
    if (named === "docx" || named === "pptx" || named === "xlsx") throw damaged("main-part");
  }
  throw otherFormat(named);
}

/** Old Office files and encrypted new ones share one container; only the latter has EncryptedPackage. */
function refuseCompound(bytes: Uint8Array, named: Format | null): AppError {
  const isEncrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from("EncryptedPackage", "utf16le"),
  );
  return isEncrypted ? new AppError("file-encrypted") : otherFormat(named);
}

const otherMagic = [
  "\x89PNG",
  "\xff\xd8\xff",
  "GIF8",
  "II*\0",
  "MM\0*",
  "RIFF",
  "MZ",
  "\x7fELF",
  "OggS",
  "ID3",
  "fLaC",
  "7z\xbc\xaf",
  "Rar!",
  "BZh",
  "\xfd7zXZ",
  "SQLite format 3",
  "wOF",
  "\xca\xfe\xba\xbe",
];

function isOtherBinary(head: string): boolean {
  return otherMagic.some((magic) => head.startsWith(magic)) || head.slice(4, 8) === "ftyp";
}

function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 8192);
  if (sample.length === 0) return false;
  const text = decodeText(sample).text;
  let odd = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 27) odd++;
  }
  return odd > Math.max(2, text.length * 0.05);
}

/** A web page or mail saved under an office name is read as what it is; other text is refused. */
function textUnderBinaryName(bytes: Uint8Array, named: Format): Format {
  const start = decodeText(bytes.subarray(0, 4096)).text.trimStart();
  if (/^(<!doctype html|<html|<\?xml[^>]*>\s*(<!doctype html|<html))/i.test(start)) return "html";
  if (/^(Received|Return-Path|From|Delivered-To|MIME-Version|Message-ID): .*\r?\n[\w-]+:/i.test(start))
    return "eml";
  if (/^PK|%PDF/.test(start)) throw damaged("header");
  throw start.length < 16 ? damaged("header") : otherFormat(named);
}
