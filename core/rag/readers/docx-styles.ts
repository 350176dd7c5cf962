import { attribute, descend, elements, type XmlElement } from "./xml.ts";

/** What a paragraph style says that matters for reading. */
export interface ParagraphStyle {
  /** 1 to 9, or null when it is no heading. */
  readonly headingLevel: number | null;
  readonly isTitle: boolean;
  readonly numberingId: string | null;
  readonly numberingLevel: number;
}

/** Paragraph styles by id, with what they inherit. */
export function readParagraphStyles(root: XmlElement | null): Map<string, ParagraphStyle> {
  const raw = new Map<string, XmlElement>();
  for (const style of elements(root ?? undefined, "style")) {
    const id = attribute(style, "styleId");
    if (id) raw.set(id, style);
  }
  const styles = new Map<string, ParagraphStyle>();
  for (const id of raw.keys()) styles.set(id, resolve(raw, id));
  return styles;
}

function resolve(raw: ReadonlyMap<string, XmlElement>, id: string): ParagraphStyle {
  let headingLevel: number | null = null;
  let numberingId: string | null = null;
  let numberingLevel: number | null = null;
  let isTitle = false;
  let at: string | undefined = id;
  // A chain of "based on" may be a ring in a broken file.
  for (let step = 0; at !== undefined && step < 20; step++) {
    const style = raw.get(at);
    const name = attribute(elements(style, "name")[0] ?? empty, "val")?.toLowerCase() ?? "";
    const named = /^(?:heading|überschrift|titre|标题)\s*([1-9])$/.exec(name)?.[1];
    const outline = attribute(descend(style, "pPr", "outlineLvl") ?? empty, "val");
    if (named) headingLevel ??= Number(named);
    else if (outline !== undefined && Number(outline) < 9) headingLevel ??= Number(outline) + 1;
    if (step === 0 && name === "title") isTitle = true;
    const numbering = descend(style, "pPr", "numPr");
    numberingId ??= attribute(elements(numbering, "numId")[0] ?? empty, "val") ?? null;
    const level = attribute(elements(numbering, "ilvl")[0] ?? empty, "val");
    if (level !== undefined) numberingLevel ??= Number(level);
    at = attribute(elements(style, "basedOn")[0] ?? empty, "val");
  }
  return { headingLevel, isTitle, numberingId, numberingLevel: numberingLevel ?? 0 };
}

const empty: XmlElement = { name: "", attributes: {}, children: [] };
