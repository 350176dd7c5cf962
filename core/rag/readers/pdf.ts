import { AppError } from "../../contract/errors.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { limitExceeded, readerLimits, throwIfCancelled } from "./limits.ts";
import { readingRows, type PdfRow } from "./pdf-columns.ts";
import { openPdf, type PdfDocument, type PdfPage } from "./pdf-engine.ts";
import { fieldTexts, isPicture } from "./pdf-extras.ts";
import { makeHeadingFinder } from "./pdf-headings.ts";
import { pageLines } from "./pdf-lines.ts";
import { readOutline } from "./pdf-outline.ts";
import { joinParagraphs } from "./pdf-paragraphs.ts";
import { withoutRunningLines } from "./pdf-running-lines.ts";
import type { FormatReader, ReadDocument } from "./reader.ts";

const looksForPictures = 40;

/** PDF: its text in reading order, joined to paragraphs, with page and heading. A scan is refused as a picture. */
export const pdfReader: FormatReader = {
  format: "pdf",
  async read(bytes, _name, signal) {
    const document = await openPdf(bytes, signal);
    try {
      return { format: "pdf", ...(await readPages(document, signal)) };
    } finally {
      await document.loadingTask.destroy();
    }
  },
};

async function readPages(
  document: PdfDocument,
  signal: AbortSignal,
): Promise<{ documents: ReadDocument[]; warnings: string[] }> {
  const count = document.numPages;
  if (count > readerLimits.pages) throw limitExceeded("pages");
  const pages: PdfRow[][] = [];
  const fields: string[][] = [];
  const pictures: number[] = [];
  const broken: number[] = [];
  for (let number = 1; number <= count; number++) {
    throwIfCancelled(signal);
    let page: PdfPage | null = null;
    try {
      page = await document.getPage(number);
      const rows = readingRows(await pageLines(page));
      pages.push(rows);
      fields.push(await fieldTexts(page));
      if (rows.length === 0 && (pictures.length >= looksForPictures || (await isPicture(page))))
        pictures.push(number);
    } catch (error) {
      throwIfCancelled(signal);
      if (error instanceof AppError) throw error;
      // One page that cannot be read does not cost the others.
      broken.push(number);
      while (pages.length < number) pages.push([]);
      while (fields.length < number) fields.push([]);
    } finally {
      page?.cleanup();
    }
  }
  const text = await assemble(document, pages, fields);
  if (!text) {
    if (broken.length > 0) throw new AppError("file-damaged", { facts: { part: "pages" } });
    if (pictures.length > 0) throw new AppError("file-is-picture", { facts: { pages: count } });
    throw new AppError("file-empty");
  }
  const warnings = [
    ...pictures.map((page) => `picture-page:${page}`),
    ...broken.map((page) => `damaged-page:${page}`),
  ];
  return { documents: [text], warnings };
}

async function assemble(
  document: PdfDocument,
  pages: readonly PdfRow[][],
  fields: readonly string[][],
): Promise<ReadDocument | null> {
  const builder = makeDocumentBuilder();
  const kept = withoutRunningLines(pages);
  const words = wordsOf(kept);
  const headings = makeHeadingFinder(kept, await readOutline(document));
  let table: object | null = null;
  for (const [index, rows] of kept.entries()) {
    builder.setSpot({ page: index + 1 });
    for (const { level, title } of headings.startOfPage(index + 1, rows)) builder.enterHeading(level, title);
    for (const paragraph of joinParagraphs(rows, words)) {
      const level = headings.levelOf(paragraph, index + 1);
      if (paragraph.isTableRow) {
        table ??= {};
        builder.line(table, paragraph.text);
        continue;
      }
      table = null;
      if (level === null) builder.paragraph(paragraph.text);
      else builder.heading(level, paragraph.text);
    }
    for (const field of fields[index] ?? []) builder.paragraph(field);
  }
  if (builder.isEmpty()) return null;
  return builder.finish({ title: await titleOf(document), pages: document.numPages });
}

async function titleOf(document: PdfDocument): Promise<string | null> {
  const metadata = await document.getMetadata().catch(() => null);
  const info: unknown = metadata?.info;
  const title = typeof info === "object" && info !== null && "Title" in info ? info.Title : null;
  // Word processors leave their file's name there, which says less than the name it has now.
  const isFileName =
    typeof title === "string" &&
    /\.(docx?|pptx?|xlsx?|odt|rtf|indd|tex|dvi|qxd|html?)$|^(untitled|microsoft word)/i.test(title.trim());
  return typeof title === "string" && !isFileName ? title : null;
}

function wordsOf(pages: readonly PdfRow[][]): Set<string> {
  const words = new Set<string>();
  for (const row of pages.flat()) {
    for (const line of row) {
      // The last word of a line may be half a word.
      for (const word of line.text
        .replace(/[\p{L}]+[-\u2010]$/u, "")
        .toLowerCase()
        .match(/\p{L}+(?:-\p{L}+)*/gu) ?? []) {
        words.add(word);
      }
    }
  }
  return words;
}
