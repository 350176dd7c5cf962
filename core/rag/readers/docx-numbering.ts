import { attribute, elements, type XmlElement } from "./xml.ts";

/** Counts the automatic numbers of lists and clauses as Word shows them. */
export interface Numbering {
  /** The mark before the next paragraph of this list and level ("3.2", "b)", "•"), or "" for none. */
  next(numberingId: string, level: number): string;
}

interface Level {
  readonly format: string;
  readonly text: string;
  readonly start: number;
}

export function readNumbering(root: XmlElement | null): Numbering {
  const lists = new Map<string, Map<number, Level>>();
  for (const list of elements(root ?? undefined, "abstractNum")) {
    lists.set(attribute(list, "abstractNumId") ?? "", levelsOf(list));
  }
  const listOf = new Map<string, string>();
  for (const use of elements(root ?? undefined, "num")) {
    const list = elements(use, "abstractNumId")[0];
    listOf.set(attribute(use, "numId") ?? "", (list && attribute(list, "val")) ?? "");
  }
  const counters = new Map<string, number[]>();

  return {
    next(numberingId, level) {
      const list = listOf.get(numberingId) ?? "";
      const levels = lists.get(list);
      const own = levels?.get(level);
      if (!levels || !own || level > 8) return numberingId === "0" ? "" : "•";
      if (own.format === "bullet") return "•";
      if (own.format === "none") return "";
      const counts = counters.get(list) ?? [];
      counters.set(list, counts);
      counts[level] = (counts[level] ?? own.start - 1) + 1;
      counts.length = level + 1;
      return own.text.replace(/%([1-9])/g, (_all, digit: string) => {
        const index = Number(digit) - 1;
        const start = levels.get(index)?.start ?? 1;
        return written(counts[index] ?? start, levels.get(index)?.format ?? "decimal");
      });
    },
  };
}

function levelsOf(list: XmlElement): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const level of elements(list, "lvl")) {
    const value = (name: string): string | undefined => {
      const element = elements(level, name)[0];
      return element && attribute(element, "val");
    };
    const start = Number(value("start") ?? 1);
    levels.set(Number(attribute(level, "ilvl")), {
      format: value("numFmt") ?? "decimal",
      text: value("lvlText") ?? "",
      start: Number.isInteger(start) ? start : 1,
    });
  }
  return levels;
}

function written(count: number, format: string): string {
  if (format === "lowerLetter") return letters(count);
  if (format === "upperLetter") return letters(count).toUpperCase();
  if (format === "lowerRoman") return roman(count).toLowerCase();
  if (format === "upperRoman") return roman(count);
  if (/chinese|ideograph|japanese/i.test(format) && count > 0 && count <= 10)
    return "一二三四五六七八九十"[count - 1] ?? "";
  return String(count);
}

function letters(count: number): string {
  return count < 1
    ? ""
    : String.fromCharCode(97 + ((count - 1) % 26)).repeat(Math.min(5, Math.ceil(count / 26)));
}

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count);
  const signs: readonly [number, string][] = [
    [1000, "M"],
    [900, "CM"],
    [500, "D"],
    [400, "CD"],
    [100, "C"],
    [90, "XC"],
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ];
  let rest = count;
  let text = "";
  for (const [value, sign] of signs) {
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  }
  return text;
}
