import type { Place } from "../../contract/documents.ts";
import { cleanText, oneLine } from "./clean-text.ts";
import type { ReadDocument, Section } from "./reader.ts";

const lineGroupLength = 1_500;
const headingLength = 200;

type Spot = Omit<Place, "heading">;

/** Collects a document's blocks in reading order and keeps the places they came from. */
export interface DocumentBuilder {
  /** A heading of level 1 (outermost) to 9; it opens its section and is text itself. */
  heading(level: number, text: string): void;
  /** The same for the place only: the heading's words stand elsewhere or nowhere. */
  enterHeading(level: number, text: string): void;
  /** Sets the heading path without adding text; an empty list clears it. */
  setHeadings(headings: readonly string[]): void;
  /** Page, slide or sheet for what follows. */
  setSpot(spot: Spot): void;
  /** A block with a section of its own. */
  paragraph(text: string): void;
  /**
   * A line of a list or table: lines of the same group stand together, in sections of about 1,500
   * characters. `header` is repeated where a group goes on in a new section.
   */
  line(group: object, text: string, header?: string): void;
  isEmpty(): boolean;
  finish(head: { key?: string | null; title?: string | null; pages?: number | null }): ReadDocument;
}

export function makeDocumentBuilder(): DocumentBuilder {
  const parts: string[] = [];
  const sections: Section[] = [];
  let length = 0;
  let headings: { level: number; text: string }[] = [];
  let spot: Spot = {};
  let currentPlace: Place | null = null;
  let openGroup: object | null = null;
  let openStart = 0;

  function placeNow(): Place {
    if (currentPlace) return currentPlace;
    const heading = headings.map(({ text }) => text).join(" › ");
    currentPlace = { ...spot, ...(heading && { heading }) };
    return currentPlace;
  }

  function append(separator: string, text: string): void {
    if (length > 0) {
      parts.push(separator);
      length += separator.length;
    }
    parts.push(text);
    length += text.length;
  }

  function addSection(separator: string, text: string): void {
    append(separator, text);
    sections.push({ start: length - text.length, end: length, place: placeNow() });
  }

  function block(raw: string): void {
    openGroup = null;
    const clean = cleanText(raw).replace(/^\n+/, "").trimEnd();
    // Only text of several lines, such as code, has indents that mean something.
    const text = clean.includes("\n") ? clean : clean.trim();
    if (text.trim()) addSection("\n\n", text);
  }

  function enter(level: number, raw: string): string {
    const text = oneLine(cleanText(raw));
    if (!text) return "";
    headings = headings.filter((heading) => heading.level < level);
    const short = text.length > headingLength ? `${text.slice(0, headingLength - 1)}…` : text;
    headings.push({ level, text: short });
    currentPlace = null;
    openGroup = null;
    return text;
  }

  return {
    heading(level, raw) {
      const text = enter(level, raw);
      if (text) block(text);
    },
    enterHeading(level, raw) {
      enter(level, raw);
    },
    setHeadings(texts) {
      const clean = texts.map((text) => oneLine(cleanText(text)).slice(0, headingLength)).filter(Boolean);
      headings = clean.map((text, index) => ({ level: index + 1, text }));
      currentPlace = null;
      openGroup = null;
    },
    setSpot(next) {
      spot = next;
      currentPlace = null;
      openGroup = null;
    },
    paragraph: block,
    line(group, raw, header) {
      const text = cleanText(raw).trimEnd();
      if (!text.trim()) return;
      const last = sections.at(-1);
      if (group === openGroup && last && last.end - openStart + text.length < lineGroupLength) {
        append("\n", text);
        sections[sections.length - 1] = { ...last, end: length };
        return;
      }
      const goesOn = group === openGroup;
      const clean = goesOn && header ? cleanText(header).trimEnd() : "";
      addSection(goesOn ? "\n" : "\n\n", clean ? `${clean}\n${text}` : text);
      openGroup = group;
      openStart = sections.at(-1)?.start ?? 0;
    },
    isEmpty: () => sections.length === 0,
    finish({ key = null, title = null, pages = null }) {
      const cleanTitle = title === null ? "" : oneLine(cleanText(title)).slice(0, 500);
      return { key, title: cleanTitle || null, text: parts.join(""), sections, pages };
    },
  };
}
