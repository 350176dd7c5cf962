import type { Source, SuggestRequest } from "../../contract/suggest.ts";
import { centralSentences, isHeading } from "./central-sentences.ts";
import type { TextWords } from "../../contract/text-words.ts";
import type { SentenceSimilarity } from "./sentence-similarity.ts";

/** A stretch of a source, letter for letter: `text` is `source.text.slice(start, end)`. */
export interface Quote {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly score: number;
}

/** Sources a summary draws on, those of the best one's document and others as good. */
const NEAR_THE_BEST = 0.8;
const MOST_SUMMED = { short: 1, medium: 3, long: 6 } as const;
const MOST_QUOTES = { short: 1, medium: 3, long: 7 } as const;
/** A further quote must be this good against the best one, or it only distracts. */
const NEXT_TO_BEST = { answer: 0.62, outline: 0.4 } as const;
/** Less shared with the question than this, rank and numbers aside, and it is about something else. */
const LEAST_MEANING = 0.14;
const LONGEST_QUOTE = 600;
/** Sentences whose meaning is weighed: each costs the embedder some milliseconds. */
const MOST_LOOKED_AT = 32;
const ASKS_FOR_NUMBER =
  /\b(?:when|how (?:many|much|long|old|often|far|high|large)|what (?:year|date|day|time|percentage|number|price)|wann|wie ?viele?|wie (?:lange?|hoch|oft|alt)|combien|quand|cu[aá]nt[oa]s?|cu[aá]ndo)\b|多少|多久|多长|多大|几|何时|什么时候|哪一?年|哪天/iu;
const HAS_NUMBER =
  /\d|[一二三四五六七八九十百千万两]\s*(?:年|月|日|天|个|元|人|次|周|小时|分)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|million|zwei|drei|vier|fünf|sechs)\b/iu;
/** A sentence that opens so leans on the one before it. */
const LEANS_BACK =
  /^(?:this|that|these|those|it|its|they|their|he|his|she|her|such|however|but|also|er|sie|es|dies\p{L}*|diese|他|她|它|这|该|其|此|但)(?!\p{Script=Latin})/iu;

interface Candidate extends Quote {
  readonly terms: ReadonlySet<string>;
}

/** The sentences of the sources that answer the question best, best first; none when nothing fits. */
export async function chooseQuotes(
  question: string,
  sources: readonly Source[],
  options: { length: SuggestRequest["length"]; purpose: keyof typeof NEXT_TO_BEST },
  words: TextWords,
  similarity: SentenceSimilarity | null,
  signal: AbortSignal,
): Promise<Quote[]> {
  const found = sources.flatMap((source) => sentencesOf(source, words));
  if (found.length === 0) return [];
  const candidates = promising(found, weigh(words.questionTerms(question), found), sources);
  const near = await nearness(question, candidates, similarity, signal);
  const wantsNumber = ASKS_FOR_NUMBER.test(question);
  const scored = candidates.map((candidate, at) => {
    const { shared, prior } = candidate;
    const meaning = near === null ? shared : 0.5 * shared + 0.5 * (near[at] ?? 0);
    const number = wantsNumber && HAS_NUMBER.test(candidate.text) ? 0.12 : 0;
    const fullness = isHeading(candidate.text) ? 0.6 : candidate.terms.size < 3 ? 0.5 : 1;
    return { ...candidate, score: meaning < LEAST_MEANING ? 0 : fullness * (meaning + number + prior) };
  });
  scored.sort((a, b) => b.score - a.score || a.source.number - b.source.number || a.start - b.start);
  const best = scored[0]?.score ?? 0;
  if (best === 0) return [];
  const chosen: Candidate[] = [];
  for (const candidate of scored) {
    if (
      chosen.length >= MOST_QUOTES[options.length] ||
      candidate.score < best * NEXT_TO_BEST[options.purpose]
    )
      break;
    if (!chosen.some((other) => saysTheSame(candidate, other))) chosen.push(candidate);
  }
  return joinNeighbours(chosen.map((quote) => withContext(quote, words)));
}

interface Promising extends Candidate {
  /** Share of the question's words, by weight. */
  readonly shared: number;
  /** What the rank of its source is worth. */
  readonly prior: number;
}

/** The sentences worth a closer look: by the question's words, and all of the best sources. */
function promising(
  candidates: readonly Candidate[],
  weights: ReadonlyMap<string, number>,
  sources: readonly Source[],
): Promising[] {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const best = Math.max(...sources.map((source) => source.score), 1e-9);
  const judged = candidates.map((candidate): Promising => {
    const weight = [...weights].reduce(
      (sum, [term, each]) => sum + (candidate.terms.has(term) ? each : 0),
      0,
    );
    return {
      ...candidate,
      shared: total === 0 ? 0 : weight / total,
      prior: (0.1 * candidate.source.score) / best,
    };
  });
  return judged.toSorted((a, b) => b.shared + b.prior - a.shared - a.prior).slice(0, MOST_LOOKED_AT);
}

/** Sentences about nothing anyone asks: what a model gives them is its cosine for nothing in common. */
const CONTROLS = ["The train left the station on time.", "A bowl of soup stood on the table."];

/** How near each candidate is in meaning, 0 for no nearer than a sentence about something else. */
async function nearness(
  question: string,
  candidates: readonly Candidate[],
  similarity: SentenceSimilarity | null,
  signal: AbortSignal,
): Promise<number[] | null> {
  const texts = [...CONTROLS, ...candidates.map((each) => each.text)];
  const cosines = (await similarity?.(question, texts, signal)) ?? null;
  if (cosines === null) return null;
  const ordinary = Math.min(...cosines.slice(0, CONTROLS.length));
  return cosines
    .slice(CONTROLS.length)
    .map((cosine) => Math.max(0, (cosine - ordinary) / Math.max(1 - ordinary, 1e-6)));
}

function sentencesOf(source: Source, words: TextWords): Candidate[] {
  return words.sentences(source.text).map(({ start, end }) => {
    const stop = Math.min(end, start + LONGEST_QUOTE);
    const text = source.text.slice(start, stop);
    return { source, start, end: stop, text, score: 0, terms: new Set(words.terms(text)) };
  });
}

/** Rare words of the question weigh more; one that stands nowhere counts too, it may be the point. */
function weigh(terms: readonly string[], candidates: readonly Candidate[]): Map<string, number> {
  return new Map(
    terms.map((term) => {
      const holding = candidates.filter((candidate) => candidate.terms.has(term)).length;
      return [term, Math.log(1 + (candidates.length + 1) / (holding + 0.5))];
    }),
  );
}

function saysTheSame(a: Candidate, b: Candidate): boolean {
  const shared = [...a.terms].filter((term) => b.terms.has(term)).length;
  return shared / Math.min(a.terms.size, b.terms.size) > 0.85;
}

/** Takes in the sentence before one that opens with "It" or "This", where it follows directly. */
function withContext(quote: Candidate, words: TextWords): Quote {
  if (!LEANS_BACK.test(quote.text)) return quote;
  const before = words.sentences(quote.source.text).findLast((range) => range.end <= quote.start);
  if (
    !before ||
    quote.end - before.start > LONGEST_QUOTE ||
    quote.source.text.slice(before.end, quote.start).includes("\n\n")
  )
    return quote;
  return { ...quote, start: before.start, text: quote.source.text.slice(before.start, quote.end) };
}

/** True when only white space within a paragraph lies between two quotes of one source, or nothing. */
function isClose(a: Quote, b: Quote): boolean {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  return second.start <= first.end || /^[^\S\n]*$/.test(first.source.text.slice(first.end, second.start));
}

/** Quotes that touch or overlap in one source become one. */
function joinNeighbours(quotes: readonly Quote[]): Quote[] {
  const joined: Quote[] = [];
  for (const quote of quotes) {
    const at = joined.findIndex(
      (other) =>
        other.source.number === quote.source.number &&
        isClose(quote, other) &&
        Math.max(other.end, quote.end) - Math.min(other.start, quote.start) <= LONGEST_QUOTE,
    );
    const other = joined[at];
    if (!other) joined.push(quote);
    else {
      const start = Math.min(other.start, quote.start);
      const end = Math.max(other.end, quote.end);
      joined[at] = { ...other, start, end, text: other.source.text.slice(start, end) };
    }
  }
  return joined;
}

/** What the best sources are about, for a summary: their central sentences, the first source's first. */
export function chooseCentral(
  sources: readonly Source[],
  length: SuggestRequest["length"],
  words: TextWords,
): Quote[] {
  const [best] = sources;
  const isMeant = (source: Source): boolean =>
    source.documentId === best?.documentId || source.score >= (best?.score ?? 0) * NEAR_THE_BEST;
  const summed = sources.filter(isMeant).slice(0, MOST_SUMMED[length]);
  const perSource = length === "long" ? "medium" : "short";
  return joinNeighbours(
    summed.flatMap((source) =>
      centralSentences(source.text, perSource, words).map(({ start, end }): Quote => {
        const stop = Math.min(end, start + LONGEST_QUOTE);
        return { source, start, end: stop, text: source.text.slice(start, stop), score: source.score };
      }),
    ),
  );
}
