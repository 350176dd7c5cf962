import { languageWords } from "./language-words.ts";

/** Scripts that one language (or, for a search, one family) is written in. */
const scripts: readonly [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, "ja"],
  [/\p{Script=Hangul}/gu, "ko"],
  [/\p{Script=Han}/gu, "zh"],
  [/\p{Script=Thai}/gu, "th"],
  [/\p{Script=Arabic}/gu, "ar"],
  [/\p{Script=Cyrillic}/gu, "ru"],
  [/\p{Script=Greek}/gu, "el"],
  [/\p{Script=Hebrew}/gu, "he"],
  [/\p{Script=Devanagari}/gu, "hi"],
  [/\p{Script=Bengali}/gu, "bn"],
  [/\p{Script=Tamil}/gu, "ta"],
  [/\p{Script=Telugu}/gu, "te"],
  [/\p{Script=Georgian}/gu, "ka"],
  [/\p{Script=Armenian}/gu, "hy"],
  [/\p{Script=Khmer}/gu, "km"],
  [/\p{Script=Lao}/gu, "lo"],
  [/\p{Script=Myanmar}/gu, "my"],
];

const longestLookedAt = 2000;

/**
 * The language of a text as a BCP 47 code, or null when it cannot be told (too short, names only).
 * Other scripts are told by their letters, languages in Latin script by their small words; made for
 * questions of one line (about 30 µs).
 */
export function detectLanguage(text: string): string | null {
  const part = text.slice(0, longestLookedAt);
  const letters = part.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  const latin = part.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (latin === letters) return latinLanguage(part);
  const counts = scripts.map(([letter, language]): [string, number] => [
    language,
    part.match(letter)?.length ?? 0,
  ]);
  const [language, most] = counts.reduce((best, one) => (one[1] > best[1] ? one : best));
  // A character of another script says as much as a short word, and names often stay Latin.
  if (most * 3 < latin) return latinLanguage(part);
  const isJapanese = language === "zh" && counts[0]![1] > 0;
  if (isJapanese) return "ja";
  if (language === "ru" && /[іїєґ]/iu.test(part)) return "uk";
  if (language === "ar" && /[پچژگ]/u.test(part)) return "fa";
  return most > 0 ? language : null;
}

/** Whether a model that knows `languages` knows a text's language; what cannot be told counts as known. */
export function knowsLanguage(languages: readonly string[], detected: string | null): boolean {
  return (
    detected === null || languages.includes("*") || languages.some((one) => one.split("-")[0] === detected)
  );
}

const byWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(languageWords)) {
  for (const word of words.split(" ")) byWord.set(word, [...(byWord.get(word) ?? []), language]);
}

/** Letters that few of the languages have; each counts as much as a word of theirs. */
const tellingLetters: readonly [RegExp, readonly string[]][] = [
  [/ß/gu, ["de"]],
  [/[äö]/gu, ["de", "sv", "fi"]],
  [/ü/gu, ["de", "tr", "hu"]],
  [/å/gu, ["sv", "da", "no"]],
  [/[æø]/gu, ["da", "no"]],
  [/[ñ¿¡]/gu, ["es"]],
  [/[ãõ]/gu, ["pt"]],
  [/ç/gu, ["fr", "pt", "tr"]],
  [/[èêœ]/gu, ["fr"]],
  [/\b[ldjcnsm]['’]/gu, ["fr"]],
  [/\bqu['’]/gu, ["fr"]],
  [/[ışğ]/gu, ["tr"]],
  [/[ąęłżźśń]/gu, ["pl"]],
  [/[řěů]/gu, ["cs"]],
  [/[őű]/gu, ["hu"]],
  [/[ăâțţ]/gu, ["ro"]],
  [/[ơưđạảấầẩậắằặẹẻếềểệỉịọỏốồổộớờởợụủứừửựỳỷỹ]/gu, ["vi"]],
  [/\b(?:dell|all|nell|un|l|d)['’]\p{L}/gu, ["it"]],
];

function latinLanguage(text: string): string | null {
  // An English possessive would leave an "s", which is a word elsewhere.
  const lower = text.toLowerCase().replaceAll(/['’]s\b/gu, "");
  const scores = new Map<string, number>();
  const score = (languages: readonly string[], weight: number): void => {
    for (const language of languages)
      scores.set(language, (scores.get(language) ?? 0) + weight / languages.length);
  };
  for (const word of lower.match(/[\p{L}\p{M}]+/gu) ?? []) {
    const languages = byWord.get(word);
    if (languages) score(languages, word.length > 1 ? 1 : 0.5);
  }
  for (const [letter, languages] of tellingLetters)
    score(languages, Math.min(3, lower.match(letter)?.length ?? 0));
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (!first || first[1] < 0.5 || first[1] - (second?.[1] ?? 0) < 0.2) return null;
  return first[0];
}
