import { attribute, elements, type XmlElement } from "./xml.ts";

type Kind = "date" | "time" | "date-time" | "percent" | "number";

/** How each cell style shows its number. */
export interface NumberFormats {
  readonly kinds: readonly Kind[];
  readonly uses1904: boolean;
}

export function readNumberFormats(styles: XmlElement | null, uses1904: boolean): NumberFormats {
  const codes = new Map<number, string>();
  for (const format of elements(elements(styles ?? undefined, "numFmts")[0], "numFmt")) {
    codes.set(Number(attribute(format, "numFmtId")), attribute(format, "formatCode") ?? "");
  }
  const kinds = elements(elements(styles ?? undefined, "cellXfs")[0], "xf").map((style) => {
    const id = Number(attribute(style, "numFmtId") ?? 0);
    return kindOf(id, codes.get(id));
  });
  return { kinds, uses1904 };
}

function kindOf(id: number, code: string | undefined): Kind {
  if (code !== undefined) {
    const bare =
      code
        .replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, "")
        .split(";")[0]
        ?.toLowerCase() ?? "";
    if (bare.includes("%")) return "percent";
    const hasDate = /[yd]|mmm/.test(bare) || (bare.includes("m") && !/[hs]/.test(bare));
    const hasTime = /[hs]/.test(bare);
    if (/general|[#0?]/.test(bare) && !hasDate && !hasTime) return "number";
    return hasDate ? (hasTime ? "date-time" : "date") : hasTime ? "time" : "number";
  }
  if (id === 9 || id === 10) return "percent";
  if (id === 22) return "date-time";
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return "date";
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 36) || (id >= 45 && id <= 47)) return "time";
  return "number";
}

/** A stored number as a person would read it: ISO dates, percents, no floating point dust. */
export function writeNumber(value: string, style: number, formats: NumberFormats): string {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  const kind = formats.kinds[style] ?? "number";
  if (kind === "percent") return `${trimmed(number * 100)}%`;
  if (kind === "number" || number < 0 || number > 2_958_465) return trimmed(number);
  // Excel counts a 29 February 1900 that never was: days up to it stand one later.
  const days = formats.uses1904 ? number + 1462 : number < 60 ? number + 1 : number;
  const iso = new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString();
  if (kind === "date") return iso.slice(0, 10);
  const time = iso.slice(11, 19).replace(/:00$/, "");
  return kind === "time" ? time : `${iso.slice(0, 10)} ${time}`;
}

function trimmed(number: number): string {
  return String(Number(number.toPrecision(15)));
}
