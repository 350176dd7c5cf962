import { AppError } from "../../contract/errors.ts";
import { oneLine } from "./clean-text.ts";
import { makeDocumentBuilder, type DocumentBuilder } from "./document-builder.ts";
import { damaged, readerLimits, throwIfCancelled } from "./limits.ts";
import { packageTitle, readPart, relatedPart, relatedParts, relationshipsOf } from "./ooxml.ts";
import type { FormatReader } from "./reader.ts";
import { headerOf, rowText } from "./table-rows.ts";
import { readNumberFormats, writeNumber, type NumberFormats } from "./xlsx-numbers.ts";
import { attribute, descend, elements, findAll, parseXml, textOf, type XmlElement } from "./xml.ts";
import { openZip, type ZipArchive } from "./zip-archive.ts";

interface Workbook {
  readonly zip: ZipArchive;
  readonly strings: readonly string[];
  readonly formats: NumberFormats;
}

/** Excel: sheet by sheet, a row a line with cells joined by tabs, dates and percents as shown. */
export const xlsxReader: FormatReader = {
  format: "xlsx",
  async read(bytes, _name, signal) {
    const zip = openZip(bytes);
    const main = relatedPart(relationshipsOf(zip, ""), "officeDocument") ?? "xl/workbook.xml";
    const workbook = readPart(zip, main);
    if (!workbook) throw damaged("main-part");
    const relationships = relationshipsOf(zip, main);
    const strings = sharedStrings(zip, relatedPart(relationships, "sharedStrings"));
    const uses1904 = /^(1|true)$/.test(
      attribute(elements(workbook, "workbookPr")[0] ?? workbook, "date1904") ?? "",
    );
    const book: Workbook = {
      zip,
      strings: strings.values,
      formats: readNumberFormats(readPart(zip, relatedPart(relationships, "styles")), uses1904),
    };
    const builder = makeDocumentBuilder();
    const warnings = new Set<string>(strings.isBroken ? ["damaged-part"] : []);
    for (const sheet of elements(elements(workbook, "sheets")[0], "sheet")) {
      const part = relationships.get(sheet.attributes["r:id"] ?? attribute(sheet, "id") ?? "");
      if (part?.type !== "worksheet") continue;
      if (/hidden/i.test(attribute(sheet, "state") ?? "")) warnings.add("hidden-text");
      builder.setSpot({ sheet: attribute(sheet, "name") ?? "" });
      if (addSheet(builder, book, part.target, signal)) warnings.add("damaged-part");
    }
    if (builder.isEmpty())
      throw warnings.has("damaged-part") ? damaged("sheets") : new AppError("file-empty");
    return {
      format: "xlsx",
      documents: [builder.finish({ title: packageTitle(zip) })],
      warnings: [...warnings],
    };
  },
};

/** Returns whether the sheet's XML broke off. */
function addSheet(builder: DocumentBuilder, book: Workbook, part: string, signal: AbortSignal): boolean {
  const bytes = book.zip.read(part);
  if (!bytes) return true;
  const group = {};
  let header: string | null = null;
  let rows = 0;
  const { root, isBroken } = parseXml(bytes, {
    parent: "sheetData",
    onChild(row) {
      if (++rows % 1000 === 0) throwIfCancelled(signal);
      const cells = cellsOf(row, book);
      if (!cells.some((cell) => cell.trim())) return;
      header ??= headerOf(cells);
      builder.line(group, rowText(cells), header);
    },
  });
  const relationships = relationshipsOf(book.zip, part);
  for (const target of relatedParts(relationships, "drawing")) {
    for (const box of findAll(readPart(book.zip, target) ?? root, new Set(["txBody"]))) {
      builder.paragraph(elements(box, "p").map(textOf).join("\n"));
    }
  }
  for (const target of relatedParts(relationships, "comments")) {
    for (const comment of findAll(readPart(book.zip, target) ?? root, new Set(["comment"]))) {
      builder.paragraph(`${attribute(comment, "ref") ?? ""}: ${textOf(comment)}`);
    }
  }
  for (const edge of elements(descend(root, "worksheet", "headerFooter")))
    builder.paragraph(oneLine(edgeText(textOf(edge))));
  return isBroken;
}

function cellsOf(row: XmlElement, book: Workbook): string[] {
  const cells: string[] = [];
  for (const cell of elements(row, "c")) {
    const column = columnOf(attribute(cell, "r")) ?? cells.length;
    if (column >= readerLimits.cellsPerRow) continue;
    while (cells.length < column) cells.push("");
    cells[column] = cellText(cell, book);
  }
  // Blank columns before the first value are only where the table stands on the sheet.
  const first = cells.findIndex((cell) => cell.trim());
  return first > 0 ? cells.slice(first) : cells;
}

function cellText(cell: XmlElement, book: Workbook): string {
  const type = attribute(cell, "t") ?? "n";
  if (type === "inlineStr") return richText(elements(cell, "is")[0]);
  const value = textOf(elements(cell, "v")[0]);
  if (type === "s") return book.strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  if (type === "n") return writeNumber(value, Number(attribute(cell, "s") ?? -1), book.formats);
  return value;
}

/** The text of runs, without the reading aid (phonetic runs) that stands beside it. */
function richText(element: XmlElement | undefined): string {
  let text = "";
  for (const child of elements(element)) {
    if (child.name === "t") text += textOf(child);
    else if (child.name === "r") text += textOf(elements(child, "t")[0]);
  }
  return text;
}

function sharedStrings(zip: ZipArchive, part: string | null): { values: string[]; isBroken: boolean } {
  const bytes = part === null ? null : zip.read(part);
  const values: string[] = [];
  if (!bytes) return { values, isBroken: false };
  const { isBroken } = parseXml(bytes, {
    parent: "sst",
    onChild: (item) => {
      values.push(richText(item));
    },
  });
  return { values, isBroken };
}

function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (!letters) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** A header's text without its codes ("&L", "&P", '&"Arial,Bold"', "&12"). */
function edgeText(text: string): string {
  return text.replace(/&"[^"]*"|&K[0-9A-F]{6}|&\d+|&[LCRPNDTAFGZBIUSEXYOH]/gi, " ").replace(/&&/g, "&");
}
