import type { Range } from "../contract/documents.ts";

const PAIRS: readonly RegExp[] = [
  /“([^“”]+)”/gu,
  /„([^„“”]+)[“”]/gu,
  /«([^«»]+)»/gu,
  /「([^「」]+)」/gu,
  /『([^『』]+)』/gu,
  /(?<![\p{L}\p{N}])"([^"\n]+)"/gu,
];
/** Shorter ones are names and terms in quotation marks, not quotations. */
const FEWEST_WORDS = 3;
const FEWEST_CJK = 6;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
/** Marks that a writer may render straight or curly, and dashes, count as one. */
const SAME: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "\u00a0": " ",
  "\u202f": " ",
  "‐": "-",
  "‑": "-",
};

/** The quotations in a claim, as written there; `isBlock`: the whole claim is a Markdown block quotation. */
export function quotationsIn(claim: string, isBlock: boolean): string[] {
  if (isBlock) {
    const whole = claim.replace(/\n\s*>\s?/g, "\n").trim();
    const unquoted = /^[“"„「『](.*)[”"“」』]$/su.exec(whole)?.[1] ?? whole;
    return unquoted === "" ? [] : [unquoted];
  }
  const found = PAIRS.flatMap((pair) => [...claim.matchAll(pair)].map((match) => match[1] ?? ""));
  return found.filter(
    (quoted) =>
      quoted.trim().split(/\s+/).length >= FEWEST_WORDS || (quoted.match(CJK)?.length ?? 0) >= FEWEST_CJK,
  );
}

interface Letters {
  readonly text: string;
  /** For each letter of `text`, its offset in the original. */
  readonly offsets: readonly number[];
}

/** Without white space, Markdown escapes and kinds of quotation marks; every other letter as it is. */
function lettersOf(original: string, isMarkdown: boolean): Letters {
  let text = "";
  const offsets: number[] = [];
  for (let at = 0; at < original.length; at += 1) {
    if (isMarkdown && original[at] === "\\" && /[!-/:-@[-`{-~]/.test(original[at + 1] ?? "")) at += 1;
    const letter = original[at]!;
    if (/\s/.test(letter)) continue;
    text += SAME[letter] ?? letter;
    offsets.push(at);
  }
  return { text, offsets };
}

/**
 * Where a quotation stands in a text letter for letter, white space aside; the final full stop may be the
 * writer's own, and "…" leaves out what lies between its parts. Null when it does not stand there.
 */
export function findQuote(text: string, quotation: string): Range | null {
  const source = lettersOf(text, false);
  const parts = quotation
    .split(/\s*(?:\[(?:…|\.{3})\]|…|\.{3})\s*/u)
    .map((part) => lettersOf(part, true).text);
  const whole = locate(source, [lettersOf(quotation, true).text]);
  return (
    whole ??
    locate(
      source,
      parts.filter((part) => part !== ""),
    )
  );
}

function locate(source: Letters, parts: readonly string[]): Range | null {
  if (parts.length === 0) return null;
  let from = 0;
  let start = -1;
  let end = 0;
  for (const [index, part] of parts.entries()) {
    const wanted = [
      part,
      ...(index === parts.length - 1 ? [part.replace(/[.,;:。，；：]$/u, "")] : []),
    ].filter((each) => each !== "");
    const found = wanted
      .map((each) => ({ at: source.text.indexOf(each, from), length: each.length }))
      .find(({ at }) => at >= 0);
    if (!found) return null;
    if (start < 0) start = source.offsets[found.at] ?? 0;
    from = found.at + found.length;
    end = (source.offsets[from - 1] ?? 0) + 1;
  }
  return { start, end };
}
