import { strToU8, zipSync } from "fflate";

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";

/** A zip of text parts. */
export function makeZip(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(parts).map(
    ([name, part]) => [name, typeof part === "string" ? strToU8(part) : part] as const,
  );
  return zipSync(Object.fromEntries(entries), { level: 6 });
}

/** Relationships of a part: id → [type, target]. */
export function makeRelations(links: Readonly<Record<string, readonly [string, string]>>): string {
  const rows = Object.entries(links).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  );
  return `<?xml version="1.0"?><Relationships xmlns="${packageRelations}">${rows.join("")}</Relationships>`;
}

/** A Word file: the XML inside w:body, and further parts with their relationships. */
export function makeDocx(
  body: string,
  parts: Readonly<Record<string, string>> = {},
  links: Readonly<Record<string, readonly [string, string]>> = {},
): Uint8Array {
  return makeZip({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": makeRelations({ r1: ["officeDocument", "word/document.xml"] }),
    "word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r" xmlns:mc="mc" xmlns:wps="wps" xmlns:v="v"><w:body>${body}</w:body></w:document>`,
    "word/_rels/document.xml.rels": makeRelations(links),
    ...parts,
  });
}

/** A Word paragraph. */
export function paragraph(text: string, properties = ""): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** A deck: the XML inside each slide's spTree, and speaker notes by slide. */
export function makePptx(
  slides: readonly string[],
  notes: Readonly<Record<number, string>> = {},
): Uint8Array {
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": makeRelations({ r1: ["officeDocument", "ppt/presentation.xml"] }),
    "ppt/presentation.xml": `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${slides
      .map((_slide, index) => `<p:sldId id="${256 + index}" r:id="s${index + 1}"/>`)
      .join("")}</p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": makeRelations(
      Object.fromEntries(
        slides.map((_slide, index) => [`s${index + 1}`, ["slide", `slides/slide${index + 1}.xml`]]),
      ),
    ),
  };
  for (const [index, slide] of slides.entries()) {
    const name = `slide${index + 1}.xml`;
    parts[`ppt/slides/${name}`] =
      `<p:sld xmlns:p="p" xmlns:a="a" xmlns:r="r"><p:cSld><p:spTree>${slide}</p:spTree></p:cSld></p:sld>`;
    const note = notes[index + 1];
    if (note === undefined) continue;
    parts[`ppt/slides/_rels/${name}.rels`] = makeRelations({
      n1: ["notesSlide", `../notesSlides/notes${name}`],
    });
    parts[`ppt/notesSlides/notes${name}`] =
      `<p:notes xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>${shape(note, "body")}</p:spTree></p:cSld></p:notes>`;
  }
  return makeZip(parts);
}

/** A shape with one paragraph; `placeholder` such as "title". */
export function shape(text: string, placeholder?: string): string {
  const place = placeholder === undefined ? "" : `<p:ph type="${placeholder}"/>`;
  return `<p:sp><p:nvSpPr><p:nvPr>${place}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
}

/** A workbook: rows of cell XML by sheet name, shared strings, styles. */
export function makeXlsx(
  sheets: Readonly<Record<string, string>>,
  strings: readonly string[] = [],
  styles = "<styleSheet/>",
): Uint8Array {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": makeRelations({ r1: ["officeDocument", "xl/workbook.xml"] }),
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${names
      .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": makeRelations({
      ...Object.fromEntries(
        names.map((_name, index) => [
          `s${index + 1}`,
          ["worksheet", `worksheets/sheet${index + 1}.xml`] as const,
        ]),
      ),
      shared: ["sharedStrings", "sharedStrings.xml"],
      styles: ["styles", "styles.xml"],
    }),
    "xl/sharedStrings.xml": `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join("")}</sst>`,
    "xl/styles.xml": styles,
  };
  for (const [index, rows] of Object.values(sheets).entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  }
  return makeZip(parts);
}

/** An OpenDocument text: the XML inside office:text. */
export function makeOdt(text: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  return makeZip({
    mimetype: "application/vnd.oasis.opendocument.text",
    "content.xml": `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="ta" xmlns:draw="d" xmlns:dc="dc"><office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    ...parts,
  });
}

/** A book: chapters as the XHTML inside body, in the order of its spine. */
export function makeEpub(chapters: readonly string[], title = "A book"): Uint8Array {
  const parts: Record<string, string> = {
    mimetype: "application/epub+zip",
    "META-INF/container.xml":
      '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    "OPS/book.opf": `<package xmlns:dc="dc"><metadata><dc:title>${title}</dc:title></metadata><manifest>${chapters
      .map(
        (_chapter, index) =>
          `<item id="c${index}" href="text/c%20${index}.xhtml" media-type="application/xhtml+xml"/>`,
      )
      .join(
        "",
      )}</manifest><spine>${chapters.map((_chapter, index) => `<itemref idref="c${index}"/>`).join("")}</spine></package>`,
  };
  for (const [index, chapter] of chapters.entries()) {
    parts[`OPS/text/c ${index}.xhtml`] = `<html><head><title/></head><body>${chapter}</body></html>`;
  }
  return makeZip(parts);
}
