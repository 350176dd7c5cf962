import type { DocumentBuilder } from "./document-builder.ts";
import { headerOf, rowText } from "./table-rows.ts";
import { attribute, descend, elements, findAll, textOf, type XmlElement } from "./xml.ts";

/** A shape's text and the kind of placeholder it fills ("title", "body", "ftr"), null for a free box. */
export interface ShapeText {
  readonly text: string;
  readonly placeholder: string | null;
}

const frames = new Set(["sp", "graphicFrame", "cxnSp", "pic"]);
const paragraphs = new Set(["p"]);

/** Adds the shapes of a tree in their order, the title first; groups are looked into. */
export function addShapes(
  builder: DocumentBuilder,
  tree: XmlElement | undefined,
  isWanted: (shape: ShapeText) => boolean = () => true,
): void {
  if (!tree) return;
  const shapes = findAll(withoutFallbacks(tree), frames);
  const isTitle = (shape: XmlElement): boolean => /^(title|ctrTitle)$/.test(placeholderOf(shape) ?? "");
  for (const shape of [...shapes.filter(isTitle), ...shapes.filter((other) => !isTitle(other))]) {
    const table = findAll(shape, new Set(["tbl"]))[0];
    if (table) {
      addTable(builder, table);
      continue;
    }
    const placeholder = placeholderOf(shape);
    if (placeholder === "sldNum" || placeholder === "dt") continue;
    const body = elements(shape, "txBody")[0];
    const lines = findAll(body ?? empty, paragraphs)
      .map(lineOf)
      .filter((line) => line.text.trim());
    const text = lines.map((line) => line.text).join("\n");
    if (!text || !isWanted({ text, placeholder })) continue;
    if (isTitle(shape)) builder.heading(1, text);
    else if (lines.length === 1) builder.paragraph(text);
    else {
      const group = {};
      const mark = placeholder === "body" || placeholder === "obj" || placeholder === "";
      for (const line of lines)
        builder.line(group, `${"  ".repeat(line.level)}${mark ? "• " : ""}${line.text}`);
    }
  }
}

function addTable(builder: DocumentBuilder, table: XmlElement): void {
  const group = {};
  const rows = elements(table, "tr").map((row) =>
    elements(row, "tc").map((cell) =>
      findAll(cell, paragraphs)
        .map((line) => lineOf(line).text)
        .join(" "),
    ),
  );
  const header = headerOf(rows[0]);
  for (const row of rows) builder.line(group, rowText(row), header);
}

function lineOf(paragraph: XmlElement): { text: string; level: number } {
  const level = Number(attribute(elements(paragraph, "pPr")[0] ?? empty, "lvl") ?? 0);
  let text = "";
  for (const child of elements(paragraph)) {
    if (child.name === "br") text += " ";
    else if (child.name === "r" || child.name === "fld") text += textOf(elements(child, "t")[0]);
    else if (child.name === "m" || child.name === "AlternateContent") text += textOf(elements(child)[0]);
  }
  return { text, level: Number.isInteger(level) && level > 0 && level < 9 ? level : 0 };
}

function placeholderOf(shape: XmlElement): string | null {
  for (const name of ["nvSpPr", "nvGraphicFramePr", "nvPicPr"]) {
    const placeholder = descend(shape, name, "nvPr", "ph");
    if (placeholder) return attribute(placeholder, "type") ?? "";
  }
  return null;
}

/** AlternateContent holds one thing twice; its last version is the one every program can show. */
function withoutFallbacks(tree: XmlElement): XmlElement {
  const children = tree.children.map((child) => {
    if (typeof child === "string") return child;
    if (child.name !== "AlternateContent") return child.name === "grpSp" ? withoutFallbacks(child) : child;
    const versions = elements(child);
    return versions.find((version) => textOf(version).trim()) ?? versions[0] ?? empty;
  });
  return { ...tree, children };
}

const empty: XmlElement = { name: "", attributes: {}, children: [] };
