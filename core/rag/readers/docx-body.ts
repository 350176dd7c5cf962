import type { DocumentBuilder } from "./document-builder.ts";
import type { Numbering } from "./docx-numbering.ts";
import type { ParagraphStyle } from "./docx-styles.ts";
import { isOn } from "./ooxml.ts";
import { headerOf, rowText } from "./table-rows.ts";
import { attribute, descend, elements, findAll, textOf, type XmlElement } from "./xml.ts";

/** Turns blocks of WordprocessingML into text, one after the other. */
export interface DocxWriter {
  block(element: XmlElement): void;
  title(): string | null;
  hasHidden(): boolean;
}

export interface DocxParts {
  readonly styles: ReadonlyMap<string, ParagraphStyle>;
  readonly numbering: Numbering;
  /** Foot- and endnotes and comments by "footnote:ID", "endnote:ID", "comment:ID". */
  readonly notes: ReadonlyMap<string, XmlElement>;
}

/** What hangs on a paragraph but is no part of its line: text boxes and notes. */
interface Attached {
  readonly boxes: XmlElement[];
  readonly notes: string[];
}

const containers = new Set([
  "sdt",
  "sdtContent",
  "customXml",
  "smartTag",
  "ins",
  "moveTo",
  "body",
  "txbxContent",
]);
const leftOut = new Set(["del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "sectPr", "fldData"]);
const textBox = new Set(["txbxContent"]);

export function makeDocxWriter(builder: DocumentBuilder, parts: DocxParts): DocxWriter {
  let title: string | null = null;
  let hidden = false;
  let list: { id: string; group: object } | null = null;
  const usedNotes = new Set<string>();

  function block(element: XmlElement): void {
    if (element.name === "p") paragraph(element);
    else if (element.name === "tbl") table(element);
    else if (containers.has(element.name)) for (const child of elements(element)) block(child);
    else if (element.name === "AlternateContent") for (const child of elements(chosen(element))) block(child);
  }

  function paragraph(element: XmlElement): void {
    const attached: Attached = { boxes: [], notes: [] };
    const text = runText(element, attached)
      // Looking behind, each run of blanks is tried once and not from each of its blanks.
      .replace(/(?<![ \t])[ \t]+\n/g, "\n")
      .trim();
    const properties = elements(element, "pPr")[0];
    const styleId = value(properties, "pStyle");
    const style = styleId === undefined ? undefined : parts.styles.get(styleId);
    const level = headingLevel(properties, style);
    const mark = text ? listMark(properties, style) : null;
    const marked = mark?.text ? `${mark.text} ${text}` : text;
    if (level !== null && text.length <= 300) builder.heading(level, marked);
    else if (mark) {
      if (list?.id !== mark.id) list = { id: mark.id, group: {} };
      builder.line(list.group, `${"  ".repeat(Math.min(8, mark.level))}${marked}`);
    } else builder.paragraph(text);
    if (text && !mark) list = null;
    if (text && (style?.isTitle || level === 1)) title ??= text;
    for (const box of attached.boxes) for (const child of elements(box)) block(child);
    for (const key of attached.notes) note(key);
  }

  function note(key: string): void {
    const element = parts.notes.get(key);
    if (!element || usedNotes.has(key)) return;
    usedNotes.add(key);
    const nothing: Attached = { boxes: [], notes: [] };
    const lines = findAll(element, new Set(["p"])).map((line) => runText(line, nothing).trim());
    const text = lines.filter(Boolean).join("\n");
    const author = key.startsWith("comment:") ? attribute(element, "author") : undefined;
    if (text) builder.paragraph(author ? `${author}: ${text}` : text);
  }

  function table(element: XmlElement): void {
    const group = {};
    let header: string | null = null;
    for (const row of rowsOf(element)) {
      const attached: Attached = { boxes: [], notes: [] };
      const cells = cellsOf(row).map((cell) => cellText(cell, attached));
      header ??= headerOf(cells);
      builder.line(group, rowText(cells), header);
      for (const box of attached.boxes) for (const child of elements(box)) block(child);
      for (const key of attached.notes) note(key);
    }
  }

  function rowsOf(element: XmlElement): XmlElement[] {
    return findAll(element, new Set(["tr", "del"])).filter(
      (row) => row.name === "tr" && !descend(row, "trPr", "del"),
    );
  }

  function cellsOf(row: XmlElement): XmlElement[] {
    return findAll(row, new Set(["tc"]));
  }

  function cellText(cell: XmlElement, attached: Attached): string {
    const lines: string[] = [];
    for (const child of findAll(cell, new Set(["p", "tbl"]))) {
      if (child.name === "p") lines.push(runText(child, attached));
      else
        for (const row of rowsOf(child))
          lines.push(
            cellsOf(row)
              .map((inner) => cellText(inner, attached))
              .join("; "),
          );
    }
    return lines.filter((line) => line.trim()).join(" ");
  }

  function listMark(properties: XmlElement | undefined, style: ParagraphStyle | undefined) {
    const own = elements(properties, "numPr")[0];
    const id = value(own, "numId") ?? style?.numberingId;
    if (!id || id === "0") return null;
    const level = Number(value(own, "ilvl") ?? style?.numberingLevel ?? 0);
    return { id, level, text: parts.numbering.next(id, level) };
  }

  function runText(element: XmlElement, attached: Attached): string {
    let text = "";
    for (const child of elements(element)) {
      if (leftOut.has(child.name)) continue;
      if (child.name === "r" && isOn(descend(child, "rPr", "vanish"))) {
        if (textOf(child).trim()) hidden = true;
        continue;
      }
      text += ownText(child, attached) ?? runText(child, attached);
    }
    return text;
  }

  /** The text that an element stands for, or null to look inside it. */
  function ownText(element: XmlElement, attached: Attached): string | null {
    switch (element.name) {
      case "t":
        return textOf(element);
      case "tab":
      case "ptab":
        return "\t";
      case "br":
      case "cr":
        return "\n";
      case "noBreakHyphen":
        return "-";
      case "sym":
        return symbol(element);
      case "txbxContent":
        attached.boxes.push(element);
        return "";
      case "footnoteReference":
      case "endnoteReference":
      case "commentReference":
        attached.notes.push(`${element.name.replace("Reference", "")}:${attribute(element, "id")}`);
        return "";
      case "AlternateContent": {
        const choice = chosen(element);
        return choice ? runText(choice, attached) : "";
      }
      case "checkBox":
        return isOn(elements(element, "checked")[0]) ? "☒ " : "☐ ";
      default:
        return null;
    }
  }

  return { block, title: () => title, hasHidden: () => hidden };
}

/** Of the versions of one thing, the first that holds text: never both. */
function chosen(element: XmlElement): XmlElement | undefined {
  const versions = [...elements(element, "Choice"), ...elements(element, "Fallback")];
  return (
    versions.find((version) => findAll(version, textBox).length > 0 || textOf(version).trim()) ?? versions[0]
  );
}

function value(element: XmlElement | undefined, name: string): string | undefined {
  const child = elements(element, name)[0];
  return child && attribute(child, "val");
}

function headingLevel(properties: XmlElement | undefined, style: ParagraphStyle | undefined): number | null {
  const outline = value(properties, "outlineLvl");
  if (outline !== undefined) return Number(outline) < 9 ? Number(outline) + 1 : null;
  return style?.headingLevel ?? null;
}

/** Symbol fonts keep their signs in the private use area; the common bullets and ticks have a real one. */
function symbol(element: XmlElement): string {
  const code = Number.parseInt(attribute(element, "char") ?? "", 16) & 0xff;
  return { 0xb7: "•", 0xfc: "✓", 0xfe: "☑", 0xa8: "☐", 0x6f: "☐", 0xe0: "→" }[code] ?? " ";
}
