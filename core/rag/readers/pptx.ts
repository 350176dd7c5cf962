import { AppError } from "../../contract/errors.ts";
import { makeDocumentBuilder, type DocumentBuilder } from "./document-builder.ts";
import { damaged, throwIfCancelled } from "./limits.ts";
import {
  isOn,
  packageTitle,
  readPart,
  relatedPart,
  relatedParts,
  relationshipsOf,
  type Relationship,
} from "./ooxml.ts";
import { addShapes, type ShapeText } from "./pptx-shapes.ts";
import type { FormatReader } from "./reader.ts";
import { attribute, descend, elements, findAll, textOf, type XmlElement } from "./xml.ts";
import { openZip, type ZipArchive } from "./zip-archive.ts";

/** PowerPoint: each slide in its order with title, shapes, tables, charts and diagrams, then its notes. */
export const pptxReader: FormatReader = {
  format: "pptx",
  async read(bytes, _name, signal) {
    const zip = openZip(bytes);
    const main = relatedPart(relationshipsOf(zip, ""), "officeDocument") ?? "ppt/presentation.xml";
    const presentation = readPart(zip, main);
    if (!presentation) throw damaged("main-part");
    const builder = makeDocumentBuilder();
    const slides = slideParts(presentation, relationshipsOf(zip, main));
    const layouts = new Set<string>();
    const shown = new Set<string>();
    let hasHidden = false;
    let missing = 0;
    for (const [index, part] of slides.entries()) {
      throwIfCancelled(signal);
      const slide = readPart(zip, part);
      if (!slide) {
        missing++;
        continue;
      }
      if (attribute(slide, "show") === "0") hasHidden = true;
      builder.setSpot({ slide: index + 1 });
      builder.setHeadings([]);
      addSlide(builder, zip, part, slide, { layouts, shown });
    }
    builder.setSpot({});
    builder.setHeadings([]);
    addMasters(builder, zip, layouts, shown);
    if (builder.isEmpty()) throw missing > 0 ? damaged("slides") : new AppError("file-empty");
    const warnings = [...(missing > 0 ? ["damaged-part"] : []), ...(hasHidden ? ["hidden-text"] : [])];
    const document = builder.finish({ title: packageTitle(zip), pages: slides.length });
    return { format: "pptx", documents: [document], warnings };
  },
};

function slideParts(presentation: XmlElement, relationships: ReadonlyMap<string, Relationship>): string[] {
  const parts: string[] = [];
  for (const slide of elements(elements(presentation, "sldIdLst")[0], "sldId")) {
    const target = relationships.get(slide.attributes["r:id"] ?? attribute(slide, "id") ?? "")?.target;
    if (target) parts.push(target);
  }
  return parts.length > 0 ? parts : relatedParts(relationships, "slide");
}

interface Seen {
  readonly layouts: Set<string>;
  readonly shown: Set<string>;
}

function addSlide(
  builder: DocumentBuilder,
  zip: ZipArchive,
  part: string,
  slide: XmlElement,
  seen: Seen,
): void {
  const relationships = relationshipsOf(zip, part);
  const layout = relatedPart(relationships, "slideLayout");
  if (layout) seen.layouts.add(layout);
  addShapes(builder, descend(slide, "cSld", "spTree"), (shape) => {
    seen.shown.add(shape.text);
    return true;
  });
  for (const type of ["diagramData", "chart"]) {
    for (const target of relatedParts(relationships, type)) addGraphicText(builder, readPart(zip, target));
  }
  const notes = readPart(zip, relatedPart(relationships, "notesSlide"));
  addShapes(builder, descend(notes ?? undefined, "cSld", "spTree"), isNotesText);
  for (const target of relatedParts(relationships, "comments")) {
    for (const comment of elements(readPart(zip, target) ?? undefined)) builder.paragraph(textOf(comment));
  }
}

function isNotesText(shape: ShapeText): boolean {
  return shape.placeholder === "body" || shape.placeholder === null;
}

/** Charts keep their words in series and titles, diagrams in points: lines of text either way. */
function addGraphicText(builder: DocumentBuilder, root: XmlElement | null): void {
  if (!root) return;
  const group = {};
  for (const element of findAll(root, new Set(["p", "strCache"]))) {
    const texts = element.name === "p" ? [textOf(element)] : findAll(element, new Set(["v"])).map(textOf);
    const text = texts
      .map((value) => value.trim())
      .filter(Boolean)
      .join(", ");
    if (text) builder.line(group, text);
  }
}

/** What layouts and masters show on every slide (a footer, a slogan), once; not their prompts. */
function addMasters(
  builder: DocumentBuilder,
  zip: ZipArchive,
  layouts: ReadonlySet<string>,
  seen: Set<string>,
): void {
  const parts = new Set(layouts);
  for (const layout of layouts) {
    const master = relatedPart(relationshipsOf(zip, layout), "slideMaster");
    if (master) parts.add(master);
  }
  for (const part of parts) {
    const root = readPart(zip, part);
    if (isOn(elements(root ?? undefined, "hidden")[0])) continue;
    addShapes(builder, descend(root ?? undefined, "cSld", "spTree"), (shape) => {
      const isShown =
        shape.placeholder === null || shape.placeholder === "ftr" || shape.placeholder === "hdr";
      if (!isShown || seen.has(shape.text)) return false;
      seen.add(shape.text);
      return true;
    });
  }
}
