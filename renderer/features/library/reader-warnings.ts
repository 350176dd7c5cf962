/** Words of the readers' warnings that the catalogue has a sentence for. */
export const warningWords = [
  "picture-page",
  "picture-pages",
  "bad-bytes",
  "bad-line",
  "bad-lines",
  "bad-quotes",
  "hidden-text",
  "damaged-part",
  "text-left-out",
  "other",
] as const;
export type WarningWord = (typeof warningWords)[number];

/** "picture-page:3" → its word and number; a word not known reads as "other". */
export function readWarning(warning: string): { word: WarningWord; count: number } {
  const [name = "", number] = warning.split(":");
  const word = warningWords.find((known) => known === name) ?? "other";
  const count = Number(number);
  return { word, count: Number.isInteger(count) && count > 0 ? count : 1 };
}
