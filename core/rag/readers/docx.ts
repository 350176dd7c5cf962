import { AppError } from "../../contract/errors.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { makeDocxWriter } from "./docx-body.ts";
import { readNumbering } from "./docx-numbering.ts";
import { readParagraphStyles } from "./docx-styles.ts";
import { damaged, throwIfCancelled } from "./limits.ts";
import { packageTitle, readPart, relatedPart, relatedParts, relationshipsOf } from "./ooxml.ts";
import type { FormatReader } from "./reader.ts";
import { attribute, elements, parseXml, textOf, type XmlElement } from "./xml.ts";
import { openZip, type ZipArchive } from "./zip-archive.ts";

/**
 * Word: body, tables, text boxes, list numbers, foot- and endnotes and comments behind their paragraph,
 * headers before and footers after the body. Hidden and deleted text is left out.
 */
export const docxReader: FormatReader = {
  format: "docx",
  async read(bytes, _name, signal) {
    const zip = openZip(bytes);
    const main = relatedPart(relationshipsOf(zip, ""), "officeDocument") ?? "word/document.xml";
    const body = zip.read(main) ?? zip.read("word/document.xml");
    if (!body) throw damaged("main-part");
    const relationships = relationshipsOf(zip, main);
    const styles = readParagraphStyles(
      readPart(zip, relatedPart(relationships, "styles") ?? "word/styles.xml"),
    );
    const builder = makeDocumentBuilder();
    const writer = makeDocxWriter(builder, {
      styles,
      numbering: readNumbering(readPart(zip, relatedPart(relationships, "numbering"))),
      notes: new Map([
        ...notes(zip, relatedPart(relationships, "footnotes"), "footnote"),
        ...notes(zip, relatedPart(relationships, "endnotes"), "endnote"),
        ...notes(zip, relatedPart(relationships, "comments"), "comment"),
      ]),
    });
    const edges = (type: string): void => {
      const seen = new Set<string>();
      for (const part of relatedParts(relationships, type)) {
        const root = readPart(zip, part);
        const text = textOf(root ?? undefined)
          .replace(/\s+/g, " ")
          .trim();
        if (!root || seen.has(text) || /^(page|seite|第)?\s*\d*\s*([/页]?\s*(of|von)?\s*\d*)?$/i.test(text))
          continue;
        seen.add(text);
        for (const child of elements(root)) writer.block(child);
      }
    };
    edges("header");
    let blocks = 0;
    const { isBroken } = parseXml(body, {
      parent: "body",
      onChild: (child) => {
        if (++blocks % 500 === 0) throwIfCancelled(signal);
        writer.block(child);
      },
    });
    builder.setHeadings([]);
    edges("footer");
    if (builder.isEmpty()) throw isBroken ? damaged("main-part") : new AppError("file-empty");
    const warnings = [...(isBroken ? ["damaged-part"] : []), ...(writer.hasHidden() ? ["hidden-text"] : [])];
    const title = packageTitle(zip) ?? writer.title();
    return { format: "docx", documents: [builder.finish({ title, pages: pageCount(zip) })], warnings };
  },
};

function notes(zip: ZipArchive, part: string | null, name: string): [string, XmlElement][] {
  const found: [string, XmlElement][] = [];
  for (const element of elements(readPart(zip, part) ?? undefined, name)) {
    const type = attribute(element, "type");
    if (type === undefined || type === "normal") found.push([`${name}:${attribute(element, "id")}`, element]);
  }
  return found;
}

function pageCount(zip: ZipArchive): number | null {
  const pages = elements(readPart(zip, "docProps/app.xml") ?? undefined, "Pages")[0];
  const count = Number(textOf(pages));
  return Number.isInteger(count) && count > 0 ? count : null;
}
