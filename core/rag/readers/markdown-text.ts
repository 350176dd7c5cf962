import type { DocumentBuilder } from "./document-builder.ts";
import { addHtml } from "./html-text.ts";
import { headerOf, rowText } from "./table-rows.ts";

const fence = /^\s{0,3}(`{3,}|~{3,})/;
const bullet = /^(\s*)(?:[-*+]|(\d{1,9}[.)]))\s+(?:\[[ xX]\]\s+)?/;
const htmlBlock =
  /^\s{0,3}<(table|ul|ol|dl|div|p|details|section|article|header|footer|main|figure|blockquote|center|pre|h[1-6]|iframe|form)\b/i;
/** Longer lines are data rather than prose: they are taken as they are. */
const longestMarked = 5_000;
const tableRule = /^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** Adds Markdown by its blocks. Comments and scripts in it are hidden text and left out. */
export function addMarkdown(
  builder: DocumentBuilder,
  source: string,
): { title: string | null; hasHidden: boolean } {
  const { body, title: declared } = takeFrontMatter(source);
  let hasHidden = false;
  const shown = body
    .replace(/<!--[\s\S]*?(-->|$)/g, (comment) => {
      // A comment of a word or two steers the renderer; a sentence is text that nobody sees.
      hasHidden ||= comment.split(/\s+/).length > 4;
      return "";
    })
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, "");
  const lines = shown.split("\n");
  let title: string | null = declared;
  let held: string[] = [];
  let list: object | null = null;

  const flush = (): void => {
    if (held.length > 0) builder.paragraph(held.map(inline).join("\n"));
    held = [];
  };

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line.length > longestMarked) {
      flush();
      builder.paragraph(line);
      continue;
    }
    const opening = fence.exec(line)?.[1];
    if (opening) {
      flush();
      const end = endOfFence(lines, index + 1, opening);
      builder.paragraph(lines.slice(index + 1, end).join("\n"));
      index = end;
      list = null;
      continue;
    }
    if (htmlBlock.test(line)) {
      flush();
      const end = endOfHtml(lines, index);
      hasHidden = addHtml(builder, lines.slice(index, end).join("\n")).hasHidden || hasHidden;
      index = end - 1;
      list = null;
      continue;
    }
    const heading = /^\s{0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/.exec(line);
    const underline = held.length === 1 ? /^\s{0,3}(=+|-+)\s*$/.exec(line)?.[1] : undefined;
    if (heading) {
      flush();
      const text = inline(heading[2] ?? "");
      builder.heading(heading[1]?.length ?? 1, text);
      title ??= text || null;
      list = null;
    } else if (underline) {
      const text = inline(held[0] ?? "");
      held = [];
      builder.heading(underline.startsWith("=") ? 1 : 2, text);
      title ??= text || null;
    } else if (!line.trim()) {
      flush();
    } else if (line.includes("|") && isTableRule(lines[index + 1] ?? "")) {
      flush();
      index = addTable(builder, lines, index);
      list = null;
    } else if (bullet.test(line)) {
      flush();
      list ??= {};
      builder.line(
        list,
        inline(line.replace(bullet, (_all, indent: string, number?: string) => `${indent}${number ?? "•"} `)),
      );
    } else if (list && /^\s{2,}\S/.test(line)) {
      builder.line(list, `  ${inline(line.trim())}`);
    } else if (!/^\s{0,3}([-*_]\s*){3,}$/.test(line)) {
      list = null;
      held.push(line.replace(/^\s{0,3}(>\s?)+/, ""));
    }
  }
  flush();
  return { title, hasHidden };
}

function isTableRule(line: string): boolean {
  return line.length <= longestMarked && tableRule.test(line.trim());
}

/** A block of HTML goes to its closing tag, or without one to the next empty line. */
function endOfHtml(lines: readonly string[], first: number): number {
  const name = htmlBlock.exec(lines[first] ?? "")?.[1]?.toLowerCase() ?? "";
  const tags = new RegExp(`<(/?)${name}\\b`, "gi");
  let depth = 0;
  for (let index = first; index < lines.length; index++) {
    for (const tag of (lines[index] ?? "").matchAll(tags)) depth += tag[1] ? -1 : 1;
    if (depth <= 0) return index + 1;
  }
  const blank = lines.findIndex((line, index) => index > first && !line.trim());
  return blank < 0 ? lines.length : blank;
}

function endOfFence(lines: readonly string[], from: number, opening: string): number {
  for (let index = from; index < lines.length; index++) {
    const closing = fence.exec(lines[index] ?? "")?.[1];
    if (closing && closing[0] === opening[0] && closing.length >= opening.length) return index;
  }
  return lines.length;
}

function addTable(builder: DocumentBuilder, lines: readonly string[], first: number): number {
  const group = {};
  const head = cellsOf(lines[first] ?? "");
  const header = headerOf(head);
  builder.line(group, rowText(head), header);
  let index = first + 2;
  for (; index < lines.length && lines[index]?.includes("|"); index++) {
    builder.line(group, rowText(cellsOf(lines[index] ?? "")), header);
  }
  return index - 1;
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => inline(cell.replaceAll("\\|", "|")));
}

/** Drops what only formats: tags, emphasis, link targets; code spans keep their content untouched. */
function inline(text: string): string {
  if (text.length > longestMarked) return text;
  return text
    .split(/(`+[^`]*`+)/)
    .map((part, index) => (index % 2 === 1 ? part.replace(/^`+|`+$/g, "") : plain(part)))
    .join("")
    .replace(/[ \t]{2,}$/, "");
}

function plain(text: string): string {
  return text
    .replace(/!\[([^\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/\[([^\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/\[([^\]]+)\]\[[^\]]*\]/g, "$1")
    .replace(/<((?:https?|mailto):[^<>\s]+)>/g, "$1")
    .replace(/<\/?[a-zA-Z][^<>]{0,1000}>/g, "")
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replace(/(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])/g, "$1")
    .replace(/(?<![\w_])_(?=\S)([^_\n]*?\S)_(?![\w_])/g, "$1")
    .replace(/~~(?=\S)([^\n]*?\S)~~/g, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/g, "$1")
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_all, name: string) => entities[name] ?? "");
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  "#39": "'",
};

/** YAML between "---" lines at the very start: only its title is of use. */
function takeFrontMatter(source: string): { body: string; title: string | null } {
  const match = /^---\n([\s\S]*?)\n(?:---|\.\.\.)(?:\n|$)/.exec(source);
  if (!match || !/^[\w-]+\s*:/m.test(match[1] ?? "")) return { body: source, title: null };
  const title =
    /^title\s*:\s*(.+)$/m
      .exec(match[1] ?? "")?.[1]
      ?.trim()
      .replace(/^(["'])(.*)\1$/, "$2") ?? null;
  return { body: source.slice(match[0].length), title };
}
