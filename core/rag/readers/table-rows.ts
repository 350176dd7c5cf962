import { oneLine } from "./clean-text.ts";
import { readerLimits } from "./limits.ts";

const headerLength = 300;

/** One row as text: cells on one line, joined by tabs, without the empty ones at its end. */
export function rowText(cells: readonly string[]): string {
  return cells.slice(0, readerLimits.cellsPerRow).map(oneLine).join("\t").trimEnd();
}

/** The first row where it names the columns (two or more short words, no numbers), else "". */
export function headerOf(row: readonly string[] | undefined): string {
  const cells = (row ?? []).map(oneLine).filter(Boolean);
  const isHeader =
    cells.length >= 2 && cells.every((cell) => cell.length <= 60 && !/^[-+\d.,%€$£¥\s]+$/.test(cell));
  const text = rowText(row ?? []);
  return isHeader && text.length <= headerLength ? text : "";
}
