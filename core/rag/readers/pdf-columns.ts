import type { PdfLine } from "./pdf-lines.ts";

const minimumRows = 3;
const minimumLetters = 15;

/** Rows of fragments that stand on one baseline, in reading order; a table row has several. */
export type PdfRow = readonly PdfLine[];

/**
 * Puts fragments in reading order. Pages mostly draw their text in it; where a page draws straight
 * across two columns of running text, each column is read down before the next.
 */
export function readingRows(lines: readonly PdfLine[]): PdfRow[] {
  const rows = rowsInDrawingOrder(lines);
  const gutter = findGutter(rows);
  return gutter === null ? rows : splitAtGutter(rows, gutter);
}

function rowsInDrawingOrder(lines: readonly PdfLine[]): PdfLine[][] {
  const rows: PdfLine[][] = [];
  for (const line of lines) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    const isBeside =
      last && last.angle === line.angle && Math.abs(last.y - line.y) <= Math.max(last.size, line.size) * 0.45;
    if (row && last && isBeside && line.left >= last.right - line.size * 0.6) row.push(line);
    else rows.push([line]);
  }
  return rows;
}

/** The x in the middle of a gap that most two-part rows share, if both sides are running text. */
function findGutter(rows: readonly PdfRow[]): number | null {
  const pairs = rows.filter((row) => row.length === 2);
  if (pairs.length < minimumRows || pairs.length < rows.filter((row) => row.length > 1).length * 0.8)
    return null;
  const from = quantile(
    pairs.map((row) => row[0]?.right ?? 0),
    0.9,
  );
  const to = quantile(
    pairs.map((row) => row[1]?.left ?? 0),
    0.1,
  );
  if (from >= to) return null;
  const letters = (index: number): number =>
    quantile(
      pairs.map((row) => row[index]?.text.length ?? 0),
      0.5,
    );
  if (letters(0) < minimumLetters || letters(1) < minimumLetters) return null;
  return (from + to) / 2;
}

function splitAtGutter(rows: readonly PdfRow[], gutter: number): PdfRow[] {
  const ordered: PdfRow[] = [];
  let left: PdfLine[] = [];
  let right: PdfLine[] = [];
  const flush = (): void => {
    for (const line of left) ordered.push([line]);
    for (const line of right) ordered.push([line]);
    left = [];
    right = [];
  };
  for (const row of rows) {
    if (row.some((line) => line.left < gutter - line.size && line.right > gutter + line.size)) {
      flush();
      ordered.push(row);
      continue;
    }
    for (const line of row) (line.left < gutter ? left : right).push(line);
  }
  flush();
  return ordered;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
