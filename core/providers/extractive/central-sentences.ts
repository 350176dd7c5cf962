import type { QuoteWords } from "./quote-words.ts";

const MOST = { short: 2, medium: 4, long: 8 } as const;

/** The sentences of a text that carry most of what it is about, in its order, letter for letter. */
export function centralSentences(text: string, length: keyof typeof MOST, words: QuoteWords): string[] {
  const sentences = words.sentences(text).map(({ start, end }) => text.slice(start, end));
  const terms = sentences.map((sentence) => words.questionTerms(sentence));
  const holding = new Map<string, number>();
  for (const each of terms) for (const term of each) holding.set(term, (holding.get(term) ?? 0) + 1);
  const scored = terms.map((each, at) => {
    const weight = each.reduce((sum, term) => sum + Math.log(1 + (holding.get(term) ?? 0)), 0);
    // The square root keeps long sentences from winning by length; the first says what it is about.
    return { at, score: (weight / Math.sqrt(each.length + 4)) * (at === 0 ? 1.3 : 1) };
  });
  return scored
    .filter(({ at }) => (terms[at]?.length ?? 0) >= 3)
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, MOST[length])
    .toSorted((a, b) => a.at - b.at)
    .map(({ at }) => sentences[at] ?? "");
}
