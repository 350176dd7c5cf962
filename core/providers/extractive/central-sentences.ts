import type { Range } from "../../contract/documents.ts";
import type { TextWords } from "../../contract/text-words.ts";

/** Shorter ones are exclamations and fragments. */
const FEWEST_TERMS = 3;
const MOST = { short: 2, medium: 4, long: 8 } as const;

/** Places of the sentences that carry most of what a text is about, in its order. */
export function centralSentences(text: string, length: keyof typeof MOST, words: TextWords): Range[] {
  const sentences = words.sentences(text);
  const terms = sentences.map(({ start, end }) => words.questionTerms(text.slice(start, end)));
  const holding = new Map<string, number>();
  for (const each of terms) for (const term of each) holding.set(term, (holding.get(term) ?? 0) + 1);
  const scored = terms.map((each, at) => {
    const weight = each.reduce((sum, term) => sum + Math.log(1 + (holding.get(term) ?? 0)), 0);
    // The square root keeps long sentences from winning by length; the first says what it is about.
    return { at, score: (weight / Math.sqrt(each.length + 4)) * (at === 0 ? 1.3 : 1) };
  });
  return scored
    .filter(({ at }) => (terms[at]?.length ?? 0) >= FEWEST_TERMS && !isHeading(sliceOf(text, sentences[at])))
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, MOST[length])
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ at }) => sentences[at] ?? []);
}

function sliceOf(text: string, range: Range | undefined): string {
  return range ? text.slice(range.start, range.end) : "";
}

/** A short line without an end mark names a thing but says nothing of it. */
export function isHeading(text: string): boolean {
  const isOpen = !/[.!?。！？…:：;；]["'”’」』)）]*$/u.test(text);
  return isOpen && !/\d/.test(text) && text.split(/\s+/).length <= 10 && text.length <= 70;
}
