import type { SearchCopy, SearchMode } from "../../contract/search.ts";
import type { Retriever } from "./retriever.ts";
import { searchDocuments } from "./search-documents.ts";

/** For each question id, the gain of each relevant document by its name. */
export type Judgments = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Evaluation {
  readonly mode: SearchMode;
  /** Questions that had a judgment; the others are left out. */
  readonly questions: number;
  /** Linear gain, log2(rank + 1) discount, as trec_eval and BEIR count it. */
  readonly ndcg10: number;
  readonly recall10: number;
  readonly recall100: number;
  readonly mrr10: number;
  /** Milliseconds of a search for ten passages, the embedding of the question included. */
  readonly p50: number;
  readonly p95: number;
}

export interface EvaluationInput {
  readonly retriever: Retriever;
  readonly questions: readonly { readonly id: string; readonly text: string }[];
  readonly judgments: Judgments;
  readonly modes: readonly SearchMode[];
  /** Collection ids; empty means all. */
  readonly collections: readonly number[];
  /** What the judgments call a document. Default: its id in the data set, else its path. */
  readonly nameOf?: (place: SearchCopy) => string;
  readonly progress?: (done: number, total: number) => void;
}

const DEEP = 100;

interface Sums {
  readonly mode: SearchMode;
  ndcg10: number;
  recall10: number;
  recall100: number;
  mrr10: number;
  readonly times: number[];
}

/**
 * Runs every judged question in each mode and averages over them, in the order of the modes. Passages count
 * for their document, best rank first. A question is asked in all modes before the next one, so that a
 * retriever that remembers its vector embeds it once; that time counts for every mode that needs it.
 */
export async function evaluate(input: EvaluationInput, signal: AbortSignal): Promise<Evaluation[]> {
  const nameOf = input.nameOf ?? ((place: SearchCopy) => place.key ?? place.path);
  const judged = input.questions.filter((question) => hasRelevant(input.judgments.get(question.id)));
  const all = input.modes.map((mode): Sums => ({
    mode,
    ndcg10: 0,
    recall10: 0,
    recall100: 0,
    mrr10: 0,
    times: [],
  }));
  for (const [done, question] of judged.entries()) {
    const gains = input.judgments.get(question.id) ?? new Map<string, number>();
    let embed = 0;
    for (const sums of all) {
      const request = { question: question.text, mode: sums.mode, collections: [...input.collections] };
      const { hits, milliseconds } = await input.retriever.search({ ...request, k: 10 }, signal);
      if (sums.mode !== "words") embed = Math.max(embed, milliseconds.embed);
      sums.times.push(
        sums.mode === "words" ? milliseconds.total : milliseconds.total - milliseconds.embed + embed,
      );
      let ranked = [...new Set(hits.flatMap((hit) => [hit, ...hit.copies].map(nameOf)))];
      // Once all that is relevant is found, nothing further down changes a figure.
      if (recall(ranked, gains, ranked.length) < 1) {
        const deep = await searchDocuments(input.retriever, { ...request, k: DEEP }, nameOf, signal);
        ranked = deep.map(({ name }) => name);
      }
      sums.ndcg10 += ndcg(ranked, gains, 10);
      sums.recall10 += recall(ranked, gains, 10);
      sums.recall100 += recall(ranked, gains, 100);
      sums.mrr10 += reciprocalRank(ranked, gains, 10);
    }
    input.progress?.(done + 1, judged.length);
  }
  const count = Math.max(1, judged.length);
  return all.map(({ mode, times, ...sums }) => ({
    mode,
    questions: judged.length,
    ndcg10: sums.ndcg10 / count,
    recall10: sums.recall10 / count,
    recall100: sums.recall100 / count,
    mrr10: sums.mrr10 / count,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  }));
}

function hasRelevant(gains: ReadonlyMap<string, number> | undefined): boolean {
  return gains !== undefined && [...gains.values()].some((gain) => gain > 0);
}

const discount = (rank: number): number => 1 / Math.log2(rank + 1);

/** Normalised discounted cumulative gain of the first `depth` names. */
export function ndcg(ranked: readonly string[], gains: ReadonlyMap<string, number>, depth: number): number {
  const gained = ranked
    .slice(0, depth)
    .reduce((sum, name, at) => sum + (gains.get(name) ?? 0) * discount(at + 1), 0);
  const ideal = [...gains.values()]
    .toSorted((a, b) => b - a)
    .slice(0, depth)
    .reduce((sum, gain, at) => sum + Math.max(0, gain) * discount(at + 1), 0);
  return ideal === 0 ? 0 : gained / ideal;
}

/** Share of the relevant documents among the first `depth` names. */
export function recall(ranked: readonly string[], gains: ReadonlyMap<string, number>, depth: number): number {
  const relevant = [...gains].filter(([, gain]) => gain > 0).map(([name]) => name);
  const first = new Set(ranked.slice(0, depth));
  return relevant.length === 0 ? 0 : relevant.filter((name) => first.has(name)).length / relevant.length;
}

/** One over the rank of the first relevant name, 0 when it is not among the first `depth`. */
export function reciprocalRank(
  ranked: readonly string[],
  gains: ReadonlyMap<string, number>,
  depth: number,
): number {
  const at = ranked.slice(0, depth).findIndex((name) => (gains.get(name) ?? 0) > 0);
  return at < 0 ? 0 : 1 / (at + 1);
}

/** The value below which a share of the values lies (nearest rank); 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/**
 * Judgments from text: `query-id document-id gain` with tabs and a header, or TREC's
 * `query-id 0 document-id gain`. Throws a SyntaxError that names the line.
 */
export function parseJudgments(text: string): Judgments {
  const judgments = new Map<string, Map<string, number>>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const columns = line.trim().split(/\s+/);
    if (line.trim() === "") continue;
    const query = columns[0];
    const [document, gain] = columns.length === 4 ? columns.slice(2) : columns.slice(1);
    const value = Number(gain);
    if (index === 0 && Number.isNaN(value)) continue;
    if (
      query === undefined ||
      document === undefined ||
      gain === undefined ||
      columns.length > 4 ||
      Number.isNaN(value)
    )
      throw new SyntaxError(`judgments, line ${index + 1}`);
    const gains = judgments.get(query) ?? new Map<string, number>();
    gains.set(document, value);
    judgments.set(query, gains);
  }
  return judgments;
}
