/** What is wrong with one change of a protected document: a line of the new text, counted from 1, and why. */
export interface Violation {
  readonly line: number;
  readonly reason: "changed" | "inserted" | "removed" | "strike-without-date" | "strike-without-replacement";
}

/** One change of a protected document. */
export interface Edit {
  readonly violations: readonly Violation[];
  /** True when an old line was struck through: that needs an approval, appending does not. */
  readonly hasStrikes: boolean;
  /** Lines added at the end. */
  readonly appended: readonly string[];
}

const marker = /^(\s*(?:[-*+]\s+|\d+[.)]\s+|#{1,6}\s+|>\s+)?)(.*)$/s;
const dated = /\b\d{4}-\d{2}-\d{2}\b/;
const link = /\]\([^)\s]+\)|\bhttps?:\/\/\S/;

/**
 * Holds a new version of a protected document against the old one: every old line stays as it was and
 * where it was, or is struck through as a whole (`~~old~~`, list and heading marks stay outside); below
 * a struck passage stand a dated reason and the replacement; anything else new stands at the end.
 */
export function checkEdit(oldText: string, newText: string): Edit {
  const before = toLines(oldText);
  const after = toLines(newText);
  const violations: Violation[] = [];
  let at = 0;
  let line = 0;
  let hasStrikes = false;
  while (line < after.length) {
    if (at >= before.length) break;
    if (after[line] === before[at]) {
      at += 1;
      line += 1;
      continue;
    }
    if (!isStruck(after[line] as string, before[at] as string)) {
      violations.push({ line: line + 1, reason: kindOf(before, after, at, line) });
      return { violations, hasStrikes, appended: [] };
    }
    hasStrikes = true;
    while (
      at < before.length &&
      line < after.length &&
      isStruckOrBlank(after[line] as string, before[at] as string)
    ) {
      at += 1;
      line += 1;
    }
    const replacement: string[] = [];
    const first = line;
    while (line < after.length && after[line] !== before[at]) {
      if (at < before.length && isStruck(after[line] as string, before[at] as string)) break;
      replacement.push(after[line] as string);
      line += 1;
    }
    const words = replacement.filter((text) => text.trim() !== "");
    if (!words.some((text) => dated.test(text)))
      violations.push({ line: first, reason: "strike-without-date" });
    else if (words.length < 2) violations.push({ line: first, reason: "strike-without-replacement" });
  }
  if (at < before.length) violations.push({ line: after.length, reason: "removed" });
  return { violations, hasStrikes, appended: after.slice(line) };
}

/** Whether lines added at the end are what needs no approval: a note or journal with a date in it, or links. */
export function isDatedOrLinks(appended: readonly string[]): boolean {
  const words = appended.filter((text) => text.trim() !== "");
  return words.some((text) => dated.test(text)) || words.every((text) => link.test(text));
}

/** Whether `line` is `old` struck through as a whole. */
function isStruck(line: string, old: string): boolean {
  const [, prefix = "", words = ""] = marker.exec(old) ?? [];
  return words.trim() !== "" && line.trimEnd() === `${prefix}~~${words.trim()}~~`;
}

/** Blank lines inside a struck passage stay. */
function isStruckOrBlank(line: string, old: string): boolean {
  return isStruck(line, old) || (old.trim() === "" && line === old);
}

function kindOf(before: string[], after: string[], at: number, line: number): Violation["reason"] {
  if (after.slice(line).includes(before[at] as string)) return "inserted";
  return before.slice(at).includes(after[line] as string) ? "removed" : "changed";
}

/** Lines without the empty one behind the last line end. */
export function toLines(text: string): string[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  while (lines.at(-1) === "") lines.pop();
  return lines;
}
