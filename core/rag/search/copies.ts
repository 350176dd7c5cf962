/** One quotation mark, dash or apostrophe for all that typesetting makes of it. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ...[..."“”„‟«»〝〞"].map((sign) => [sign, '"'] as const),
  ...[..."‘’‚‛"].map((sign) => [sign, "'"] as const),
  ...[..."‐‑–—―−"].map((sign) => [sign, "-"] as const),
  ["…", "..."],
  ["。", "."],
  ["、", ","],
]);
const TYPESET = new RegExp(`[${[...SIGNS.keys()].join("")}]`, "gu");
/** Ligatures and full-width forms; other compatibility forms say something: 10² is not 102. */
const FORMS = /[\ufb00-\ufb06\uff01-\uff5e]+/gu;
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]+/gu;
const CUT_SCRIPTS = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。、；：]`;
const NUMERAL = "[〇零一二两三四五六七八九十百千万亿]";
/** Two and ten are not twenty: between numbers a blank stays. */
const BLANKS_WITHIN = new RegExp(
  String.raw`(?<=${CUT_SCRIPTS})(?:(?<!${NUMERAL})\s+|\s+(?!${NUMERAL}))(?=${CUT_SCRIPTS})`,
  "gu",
);
/** A list of numbers is no decimal: what parts them stays apart from a comma or point within one. */
const BETWEEN_NUMBERS = /(?<=\p{N})[、，。](?=\p{N})/gu;

/**
 * Equal for two texts that say the same with the same words: layout, kinds of quotation marks and dashes,
 * and the last full stop aside. One other word, number, capital or comma makes another text.
 */
export function textKey(text: string): string {
  return text
    .normalize("NFC")
    .replace(UNSEEN, "")
    .replace(BLANKS_WITHIN, "")
    .replace(BETWEEN_NUMBERS, "$& ")
    .replace(FORMS, (form) => form.normalize("NFKC"))
    .replace(TYPESET, (sign) => SIGNS.get(sign) ?? sign)
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/\.$/u, "");
}
