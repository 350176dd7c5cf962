import type { DocumentBuilder } from "./document-builder.ts";
import { headerOf, rowText } from "./table-rows.ts";
import { attribute, elements, findAll, textOf, type XmlElement } from "./xml.ts";

/** Turns blocks of an OpenDocument text into text, one after the other. */
export interface OdtWriter {
  block(element: XmlElement): void;
  title(): string | null;
  hasHidden(): boolean;
}

const lines = new Set(["p", "h"]);
const leftOut = new Set([
  "tracked-changes",
  "sequence-decls",
  "forms",
  "variable-decls",
  "user-field-decls",
  "table-of-content-source",
  "index-title-template",
  "note-citation",
  "creator",
  "date",
  "date-string",
  "desc",
  "title",
  "ruby-text",
  "shapes",
]);
const maxBlanks = 1_000;

export function makeOdtWriter(builder: DocumentBuilder): OdtWriter {
  let title: string | null = null;
  let hidden = false;

  function block(element: XmlElement, list?: { group: object; depth: number }): void {
    if (leftOut.has(element.name)) return;
    switch (element.name) {
      case "h": {
        const aside: XmlElement[] = [];
        const text = lineText(element, aside).trim();
        builder.heading(Math.max(1, Number(attribute(element, "outline-level") ?? 1) || 1), text);
        title ??= text || null;
        return addAside(aside);
      }
      case "p": {
        const aside: XmlElement[] = [];
        const text = lineText(element, aside);
        if (list)
          builder.line(
            list.group,
            `${"  ".repeat(Math.min(8, list.depth))}• ${text.trim()}`.replace(/•\s*$/, ""),
          );
        else builder.paragraph(text.trim());
        return addAside(aside);
      }
      case "list": {
        const inner = list ? { group: list.group, depth: list.depth + 1 } : { group: {}, depth: 0 };
        for (const item of elements(element)) for (const child of elements(item)) block(child, inner);
        return;
      }
      case "table":
        return table(element);
      default:
        for (const child of elements(element)) block(child, list);
    }
  }

  function addAside(aside: readonly XmlElement[]): void {
    for (const element of aside) {
      if (element.name === "annotation") {
        const author = textOf(elements(element, "creator")[0]).trim();
        const text = findAll(element, lines)
          .map((line) => lineText(line, []))
          .join("\n")
          .trim();
        if (text) builder.paragraph(author ? `${author}: ${text}` : text);
      } else for (const child of elements(element)) block(child);
    }
  }

  function table(element: XmlElement): void {
    const group = {};
    let header: string | null = null;
    for (const row of findAll(element, new Set(["table-row"]))) {
      const aside: XmlElement[] = [];
      const cells = elements(row, "table-cell").map((cell) =>
        findAll(cell, lines)
          .map((line) => lineText(line, aside))
          .filter((line) => line.trim())
          .join(" "),
      );
      header ??= headerOf(cells);
      builder.line(group, rowText(cells), header);
      addAside(aside);
    }
  }

  function lineText(element: XmlElement, aside: XmlElement[]): string {
    let text = "";
    for (const child of element.children) {
      if (typeof child === "string") text += child.replace(/\s+/g, " ");
      else if (leftOut.has(child.name)) continue;
      else if (child.name === "s") {
        const count = Number(attribute(child, "c") ?? 1);
        text += " ".repeat(count > 0 && count < maxBlanks ? count : 1);
      } else if (child.name === "tab") text += "\t";
      else if (child.name === "line-break") text += "\n";
      else if (child.name === "note-body" || child.name === "text-box" || child.name === "annotation")
        aside.push(child);
      else if (child.name === "hidden-text" || child.name === "hidden-paragraph") hidden = true;
      else text += lineText(child, aside);
    }
    return text;
  }

  return { block: (element) => block(element), title: () => title, hasHidden: () => hidden };
}
