import type { PdfRow } from "./pdf-columns.ts";

/** A paragraph (or heading, list item, table row) of a page, on one line. */
export interface PdfParagraph {
  readonly text: string;
  readonly size: number;
  readonly isTableRow: boolean;
}

const listMark =
  /^([•◦▪‣∙●○■□➢❖✓\uf0b7\uf0a7·–—]|-|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|[一二三四五六七八九十]+、)\s/;
/** Marks that only count where they stand apart from their text: "3.2 percent" starts no list. */
const apartMark = /^(\.\d{1,3}|\d{1,3}(\.\d{1,3})+\.?|[a-zA-Z]|[ivx]{1,4}[.)])$/;
const sentenceEnd = /[.!?:;。！？：；…"”’)]$/;
const eastAsian = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;

/** Whether a hyphen at a line's end belongs to the word: decided by the words of the whole file. */
export interface WordMemory {
  has(word: string): boolean;
}

interface OpenParagraph {
  readonly text: string;
  readonly size: number;
  /** Where its lines start; the second line says, the first may be indented. */
  readonly left: number;
  readonly count: number;
}

function grown(open: OpenParagraph, text: string, left: number): OpenParagraph {
  return { text, size: open.size, left: open.count === 1 ? left : open.left, count: open.count + 1 };
}

/** Joins a page's rows to paragraphs by their spacing, size, indents and marks. */
export function joinParagraphs(rows: readonly PdfRow[], words: WordMemory): PdfParagraph[] {
  const paragraphs: PdfParagraph[] = [];
  const pitch = usualPitch(rows);
  const rightEdge = Math.max(0, ...rows.map((row) => row.at(-1)?.right ?? 0));
  let open: OpenParagraph | null = null;
  let previous: PdfRow | null = null;

  const flush = (): void => {
    if (open) paragraphs.push({ text: open.text, size: open.size, isTableRow: false });
    open = null;
  };

  for (const row of rows) {
    const first = row[0];
    const last = row.at(-1);
    if (!first || !last) continue;
    if (row.length > 1 && !isMarkAndText(row)) {
      flush();
      paragraphs.push({ text: row.map((line) => line.text).join("\t"), size: first.size, isTableRow: true });
      previous = row;
      continue;
    }
    const text = row.map((line) => line.text).join(" ");
    const before = previous?.[0];
    const goesOn =
      open !== null &&
      before !== undefined &&
      first.angle === before.angle &&
      Math.abs(first.size - open.size) <= open.size * 0.1 &&
      isNextLine(before.y - first.y, first.size, pitch) &&
      row.length === 1 &&
      !listMark.test(text) &&
      !isNewByIndent(first.left, open, first.size, previous) &&
      !endedEarly(previous, rightEdge);
    if (goesOn && open) open = grown(open, joinLines(open.text, text, words), first.left);
    else {
      flush();
      open = { text, size: first.size, left: (row[1] ?? first).left, count: 1 };
    }
    previous = row;
  }
  flush();
  return paragraphs;
}

/** Joins two lines of one paragraph: no blank between East Asian signs, a broken word made whole. */
export function joinLines(before: string, after: string, words: WordMemory): string {
  const split = /(\p{L}+)[-\u2010]$/u.exec(before);
  const next = /^(\p{Ll}[\p{L}]*)/u.exec(after)?.[1];
  if (split && next) {
    const start = split[1] ?? "";
    if (/^(und|oder|bzw|and|or|to|et|ou|y|e)$/.test(next)) return `${before} ${after}`;
    const whole = `${start}${next}`.toLowerCase();
    const parted = `${start}-${next}`.toLowerCase();
    const keeps =
      words.has(parted) ||
      (!words.has(whole) && start.length > 3 && words.has(start.toLowerCase()) && words.has(next));
    return keeps ? before + after : before.slice(0, -1) + after;
  }
  if (/[\p{L}\d][-\u2010/]$/u.test(before)) return before + after;
  const isEastAsian = eastAsian.test(before.at(-1) ?? "") && eastAsian.test(after[0] ?? "");
  return isEastAsian ? before + after : `${before} ${after}`;
}

function isMarkAndText(row: PdfRow): boolean {
  const mark = row[0]?.text ?? "";
  return row.length === 2 && mark.length <= 8 && (listMark.test(`${mark} `) || apartMark.test(mark));
}

function isNextLine(distance: number, size: number, pitch: number): boolean {
  return distance > size * 0.3 && distance <= Math.max(size * 1.35, Math.min(pitch * 1.25, size * 2.6));
}

function isNewByIndent(
  left: number,
  open: { left: number; count: number },
  size: number,
  previous: PdfRow | null,
): boolean {
  const shift = left - open.left;
  if (open.count === 1) return shift > size * 4;
  return shift > size * 0.9 && sentenceEnd.test(previous?.at(-1)?.text ?? "");
}

function endedEarly(row: PdfRow | null, rightEdge: number): boolean {
  const last = row?.at(-1);
  if (!last) return false;
  const width = rightEdge - last.left;
  return (
    width > 0 &&
    last.right < rightEdge - width * 0.3 &&
    sentenceEnd.test(last.text) &&
    last.right - last.left < width * 0.6
  );
}

/** The most usual distance between two lines, in points. */
function usualPitch(rows: readonly PdfRow[]): number {
  const counts = new Map<number, number>();
  for (let index = 1; index < rows.length; index++) {
    const before = rows[index - 1]?.[0];
    const line = rows[index]?.[0];
    if (!before || !line || Math.abs(before.size - line.size) > 0.5) continue;
    const distance = Math.round((before.y - line.y) * 2) / 2;
    if (distance > line.size * 0.5 && distance < line.size * 3)
      counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  let best = 0;
  let most = 0;
  for (const [distance, count] of counts) {
    if (count > most || (count === most && distance < best)) [best, most] = [distance, count];
  }
  return best;
}
