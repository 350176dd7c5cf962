import { Parser } from "htmlparser2";
import { oneLine } from "./clean-text.ts";
import type { DocumentBuilder } from "./document-builder.ts";
import { limitExceeded, readerLimits } from "./limits.ts";
import { headerOf, rowText } from "./table-rows.ts";

const skipped = new Set([
  "script",
  "title",
  "style",
  "template",
  "noscript",
  "iframe",
  "object",
  "embed",
  "svg",
  "math",
  "head",
  "select",
  "datalist",
  "canvas",
  "audio",
  "video",
  "map",
]);
const blocks = new Set([
  "address",
  "article",
  "aside",
  "blockquote",
  "body",
  "caption",
  "center",
  "dd",
  "details",
  "dialog",
  "dir",
  "div",
  "dl",
  "dt",
  "fieldset",
  "figcaption",
  "figure",
  "footer",
  "form",
  "header",
  "hgroup",
  "hr",
  "html",
  "legend",
  "li",
  "main",
  "menu",
  "nav",
  "ol",
  "p",
  "pre",
  "search",
  "section",
  "summary",
  "table",
  "tbody",
  "thead",
  "tfoot",
  "tr",
  "td",
  "th",
  "ul",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "option",
  "optgroup",
]);
const hiddenStyle =
  /display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|(font-size|max-height|opacity)\s*:\s*0(\.0+)?(px|pt|em|rem|%)?\s*(;|!|$)/i;

interface OpenElement {
  readonly name: string;
  readonly isHidden: boolean;
}

interface OpenTable {
  readonly group: object;
  readonly cells: string[];
  header: string;
  rows: number;
  /** A table around another table only arranges a page: its text is read as if it were no table. */
  isLayout: boolean;
}

/** What a page says about itself besides its text. */
export interface HtmlFacts {
  readonly title: string | null;
  readonly hasHidden: boolean;
}

/**
 * Adds the visible text of a page: headings, paragraphs, list items with a bullet, table rows joined by
 * tabs. Nesting beyond a depth is read flat. MathML and SVG text is left out.
 */
export function addHtml(
  builder: DocumentBuilder,
  html: string,
  options: { headingOffset?: number } = {},
): HtmlFacts {
  const open: OpenElement[] = [];
  const tables: OpenTable[] = [];
  let list: object = {};
  let listDepth = 0;
  let isItem = false;
  let hidden = 0;
  let preformatted = 0;
  let beyond = 0;
  let text = "";
  let title = "";
  let inTitle = false;
  let hasHidden = false;

  function flush(name?: string): void {
    const raw = text;
    text = "";
    const value = preformatted > 0 ? raw.replace(/^\n/, "") : oneLine(raw);
    if (!value.trim()) return;
    const cells = dataTable()?.cells;
    if (cells && cells.length > 0) cells.push(`${cells.pop() ?? ""}\n${value}`);
    else if (name && /^h[1-6]$/.test(name))
      builder.heading(Number(name[1]) + (options.headingOffset ?? 0), value);
    else if (listDepth > 0) builder.line(list, `${isItem ? "• " : ""}${value}`);
    else builder.paragraph(value);
    isItem = false;
  }

  function openElement(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "title" && !open.some((element) => element.name === "svg")) inTitle = true;
    if (blocks.has(name)) flush(open.at(-1)?.name);
    const isHidden = skipped.has(name) || isHiddenBy(attributes);
    if (isHidden) hidden++;
    if (!skipped.has(name) && isHidden) hasHidden = true;
    if (open.length >= readerLimits.htmlDepth) {
      if (++beyond > readerLimits.htmlOpenTags) throw limitExceeded("html-depth");
      if (isHidden) hidden--;
      return;
    }
    open.push({ name, isHidden });
    if (name === "pre" || name === "textarea") preformatted++;
    else if (name === "br") text += preformatted > 0 ? "\n" : " ";
    else if (name === "ul" || name === "ol" || name === "dl" || name === "menu") {
      if (listDepth++ === 0) list = {};
    } else if (name === "li") isItem = true;
    else if (name === "table") openTable();
    else if (name === "td" || name === "th") dataTable()?.cells.push("");
    else if (name === "img" && hidden === 0 && attributes["alt"]) text += ` ${attributes["alt"]} `;
    else if (name === "input" && hidden === 0 && /^(text|button|submit)?$/i.test(attributes["type"] ?? "")) {
      text += ` ${attributes["value"] ?? ""} `;
    }
  }

  function closeElement(name: string): void {
    if (beyond > 0) {
      beyond--;
      return;
    }
    const element = open.pop();
    if (name === "title") inTitle = false;
    if (blocks.has(name)) flush(name);
    if (element?.isHidden) hidden--;
    if (name === "pre" || name === "textarea") preformatted = Math.max(0, preformatted - 1);
    else if (name === "ul" || name === "ol" || name === "dl" || name === "menu")
      listDepth = Math.max(0, listDepth - 1);
    else if (name === "tr") endRow();
    else if (name === "table") {
      endRow();
      tables.pop();
    }
  }

  function dataTable(): OpenTable | undefined {
    const table = tables.at(-1);
    return table?.isLayout ? undefined : table;
  }

  function openTable(): void {
    const outer = tables.at(-1);
    if (outer && !outer.isLayout) {
      outer.isLayout = true;
      for (const cell of outer.cells.splice(0)) builder.paragraph(cell.trim());
    }
    tables.push({ group: {}, cells: [], header: "", rows: 0, isLayout: false });
  }

  function endRow(): void {
    const table = dataTable();
    if (!table) return;
    const cells = table.cells.splice(0);
    const filled = cells.filter((cell) => cell.trim());
    if (filled.length === 1) {
      builder.line(table.group, filled[0]?.trim() ?? "");
      return;
    }
    if (table.rows++ === 0) table.header = headerOf(cells);
    builder.line(table.group, rowText(cells), table.header);
  }

  const parser = new Parser(
    {
      onopentag: (name, attributes) => openElement(name, attributes),
      onclosetag: (name) => closeElement(name),
      ontext: (data) => {
        if (inTitle) title += data;
        if (hidden === 0) text += data;
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  flush();
  return { title: oneLine(title) || null, hasHidden };
}

function isHiddenBy(attributes: Readonly<Record<string, string>>): boolean {
  if ("hidden" in attributes && attributes["hidden"] !== "until-found") return true;
  const style = attributes["style"];
  return style !== undefined && hiddenStyle.test(style);
}
