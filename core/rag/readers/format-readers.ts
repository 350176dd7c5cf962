import type { Format } from "../../contract/documents.ts";
import { assertNever } from "../../contract/errors.ts";
import type { FormatReader } from "./reader.ts";

/** The reader of a format, loaded when first needed: most files need no PDF engine. */
export async function readerFor(format: Format): Promise<FormatReader> {
  switch (format) {
    case "txt":
      return (await import("./txt.ts")).txtReader;
    case "md":
      return (await import("./md.ts")).mdReader;
    case "html":
      return (await import("./html.ts")).htmlReader;
    case "csv":
      return (await import("./csv.ts")).csvReader;
    case "jsonl":
      return (await import("./jsonl.ts")).jsonlReader;
    case "pdf":
      return (await import("./pdf.ts")).pdfReader;
    case "docx":
      return (await import("./docx.ts")).docxReader;
    case "pptx":
      return (await import("./pptx.ts")).pptxReader;
    case "xlsx":
      return (await import("./xlsx.ts")).xlsxReader;
    case "odt":
      return (await import("./odt.ts")).odtReader;
    case "epub":
      return (await import("./epub.ts")).epubReader;
    case "rtf":
      return (await import("./rtf.ts")).rtfReader;
    case "eml":
      return (await import("./eml.ts")).emlReader;
    default:
      return assertNever(format);
  }
}
