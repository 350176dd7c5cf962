import type { DocumentBuilder } from "./document-builder.ts";
import { headerOf, rowText } from "./table-rows.ts";

/** Gathers RTF text into paragraphs, table rows and asides. */
export interface RtfParagraphs {
  text(text: string): void;
  setHeading(level: number | null): void;
  /** A control word that may end or start something ("par", "cell", "row" …). */
  word(name: string): void;
  /** The paragraph under way is an item of a list: its mark has just been read. */
  markItem(): void;
  openAside(): void;
  closeAside(): void;
  end(): void;
}

interface Aside {
  readonly paragraphs: string[];
  current: string;
}

export function makeRtfParagraphs(builder: DocumentBuilder): RtfParagraphs {
  let current = "";
  let cells: string[] = [];
  let isInTable = false;
  let table: { group: object; header: string | null } | null = null;
  let heading: number | null = null;
  const asides: Aside[] = [];
  let waiting: string[] = [];
  let isItem = false;
  let list: object | null = null;

  function endParagraph(): void {
    const text = current.trim();
    current = "";
    if (text) {
      table = null;
      if (heading !== null && text.length <= 300) builder.heading(heading, text);
      else if (isItem) builder.line((list ??= {}), text.replace(/^(\S{1,8})\t/, "$1 "));
      else builder.paragraph(text);
      if (!isItem) list = null;
    }
    isItem = false;
    for (const aside of waiting) builder.paragraph(aside);
    waiting = [];
  }

  function endRow(): void {
    if (current.trim()) cells.push(current);
    current = "";
    table ??= { group: {}, header: null };
    table.header ??= headerOf(cells);
    builder.line(table.group, rowText(cells), table.header);
    cells = [];
    if (waiting.length > 0) endParagraph();
  }

  function asideWord(aside: Aside, name: string): void {
    if (name === "cell" || name === "nestcell") aside.current += "\t";
    if (name !== "par" && name !== "row" && name !== "sect") return;
    aside.paragraphs.push(aside.current);
    aside.current = "";
  }

  return {
    text(text) {
      const aside = asides.at(-1);
      if (aside) aside.current += text;
      else current += text;
    },
    setHeading(level) {
      if (asides.length === 0) heading = level;
    },
    word(name) {
      const aside = asides.at(-1);
      if (aside) return asideWord(aside, name);
      if (name === "cell" || name === "nestcell") {
        cells.push(current);
        current = "";
      } else if (name === "row" || name === "nestrow") endRow();
      else if (name === "par" || name === "sect" || name === "page") {
        if (isInTable && name === "par") current += " ";
        else endParagraph();
      } else if (name === "intbl") isInTable = true;
      else if (name === "pard") {
        isInTable = false;
        heading = null;
      }
    },
    markItem() {
      isItem = true;
    },
    openAside() {
      asides.push({ paragraphs: [], current: "" });
    },
    closeAside() {
      const aside = asides.pop();
      const text = aside
        ? [...aside.paragraphs, aside.current]
            .map((line) => line.trim())
            .filter(Boolean)
            .join("\n")
        : "";
      if (text) waiting.push(text);
      if (!current.trim() && cells.length === 0 && asides.length === 0) endParagraph();
    },
    end() {
      while (asides.length > 0) this.closeAside();
      if (cells.length > 0) endRow();
      endParagraph();
    },
  };
}
