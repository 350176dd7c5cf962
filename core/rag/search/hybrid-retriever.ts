import type { SearchNotice, SearchRequest, SearchResult } from "../../contract/search.ts";
import type { ReadDb } from "../../store/handle.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { makeBackground } from "./background.ts";
import { detectLanguage, knowsLanguage } from "./language.ts";
import { chooseTerms } from "./chosen-terms.ts";
import { fuse, vectorWeightFor, type Candidate, type FusionOptions } from "./fusion.ts";
import { presentHits } from "./present-hits.ts";
import type { Retriever } from "./retriever.ts";
import type { SearchIndex, VectorIndex } from "../index/search-index.ts";
import { toQueryTerms } from "./words/terms.ts";

/** What a retriever searches with. */
export interface RetrieverOptions {
  readonly index: SearchIndex;
  /** Where the texts of what was found are read. */
  readonly db: ReadDb;
  /** Null: no embedding model, found by words alone. */
  readonly model: { readonly embedder: Embedder; readonly vectors: VectorIndex } | null;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  /** Rows the full-text search may touch; for measuring. */
  readonly wordBudget?: number;
  /** Weights of the vectors; for measuring. */
  readonly vectorWeight?: { readonly known: number; readonly unknown: number };
}

/**
 * Candidates that each search gives at least. Twenty were measured to rank as well as two hundred; merging
 * and copies take some away. A vector costs more than a word hit.
 */
const FEWEST_BY_VECTORS = 30;
const FEWEST_BY_WORDS = 50;
/** Best vector hits whose BM25 is computed when the words did not find them: a tenth of a millisecond each. */
const FEWEST_WORDS_COMPUTED = 12;
/** Where merging and copies left fewer hits than were asked for, so many times the candidates are looked at. */
const DEEPER = 4;
const BACKGROUND_SAMPLE = 24;
/** How long counts and the sample may be out of date: they only shade scores and a notice. */
const COUNTS_KEPT = 3000;

interface LibraryFacts {
  readonly at: number;
  readonly passages: number;
  readonly sample: readonly number[];
  readonly vectors: number;
}

interface Found {
  readonly candidates: readonly Candidate[];
  /** No search has any more. */
  readonly isAll: boolean;
  readonly fusion: FusionOptions;
  readonly notices: readonly SearchNotice[];
  readonly milliseconds: { readonly embed: number; readonly vectors: number; readonly words: number };
}

/** Finds passages by meaning and by words, and fuses the two. */
export function makeHybridRetriever(options: RetrieverOptions): Retriever {
  const { index, db, model } = options;
  const now = options.now ?? (() => performance.now());
  const backgroundOf = model === null ? null : makeBackground(model.embedder);
  let facts: LibraryFacts | null = null;
  /** Who asks for more, or in another mode, asks the same question again. */
  let lastAsked: { readonly question: string; readonly vector: Float32Array } | null = null;

  async function libraryFacts(): Promise<LibraryFacts> {
    if (facts && now() - facts.at < COUNTS_KEPT) return facts;
    facts = {
      at: now(),
      passages: await index.countPassages(),
      sample: await index.samplePassages(BACKGROUND_SAMPLE),
      vectors: (await model?.vectors.count()) ?? 0,
    };
    return facts;
  }

  async function vectorOf(question: string, signal: AbortSignal): Promise<Float32Array | null> {
    if (!model) return null;
    if (lastAsked?.question !== question)
      lastAsked = { question, vector: await model.embedder.embedQuery(question, signal) };
    return lastAsked.vector;
  }

  async function find(request: SearchRequest, depth: number, signal: AbortSignal): Promise<Found> {
    const { question, mode, collections } = request;
    const wanted = Math.ceil(request.k * 1.5);
    const most = {
      vectors: depth * Math.max(FEWEST_BY_VECTORS, wanted),
      words: depth * Math.max(FEWEST_BY_WORDS, wanted),
    };
    const notices: SearchNotice[] = [];
    const library = await libraryFacts();
    const times = [now()];
    const query = mode === "words" ? null : await vectorOf(question, signal);
    times.push(now());
    if (mode !== "words" && !model) notices.push("no-embedding-model");
    else if (mode !== "words" && library.vectors < library.passages) notices.push("vectors-missing");

    const cosines = new Map<number, number>();
    const documentOf = new Map<number, number>();
    if (model && query) {
      for (const hit of await model.vectors.search(query, most.vectors, { collections }, signal)) {
        cosines.set(hit.passageId, hit.score);
        documentOf.set(hit.passageId, hit.documentId);
      }
    }
    const foundByVectors = cosines.size;
    times.push(now());

    const terms = mode === "vectors" ? [] : toQueryTerms(question);
    const chosen = chooseTerms(terms, await index.frequencies(terms), library.passages, options.wordBudget);
    const byWords = await index.searchWords(
      {
        terms: chosen.terms,
        limit: most.words,
        collections,
        also: [...cosines.keys()].slice(0, Math.max(FEWEST_WORDS_COMPUTED, request.k)),
      },
      signal,
    );
    const bm25 = new Map(byWords.map((hit) => [hit.passageId, hit.bm25]));
    for (const hit of byWords) documentOf.set(hit.passageId, hit.documentId);
    times.push(now());

    let background = 0;
    if (model && backgroundOf && query && mode === "hybrid") {
      const unknown = byWords.map((hit) => hit.passageId).filter((id) => !cosines.has(id));
      const scores = await model.vectors.scores(query, [...new Set([...unknown, ...library.sample])]);
      for (const id of unknown) {
        const score = scores.get(id);
        if (score !== undefined) cosines.set(id, score);
      }
      background = await backgroundOf({
        question,
        vector: query,
        sample: library.sample.flatMap((id) => scores.get(id) ?? []),
        passages: library.passages,
        signal,
      });
    }
    const isKnown = model === null || knowsLanguage(model.embedder.languages, detectLanguage(question));
    if (mode === "hybrid" && query && !isKnown) notices.push("language-by-words");
    const candidates = [...documentOf].map(([passageId, documentId]) => ({
      passageId,
      documentId,
      cosine: cosines.get(passageId) ?? null,
      bm25: bm25.get(passageId) ?? null,
    }));
    const [start = 0, embedded = 0, searched = 0, worded = 0] = times;
    return {
      candidates,
      isAll: foundByVectors < most.vectors && byWords.length < most.words,
      fusion: {
        mode,
        vectorWeight: query ? vectorWeightFor(isKnown, background, options.vectorWeight) : 0,
        bound: chosen.bound,
        background,
      },
      notices,
      milliseconds: {
        embed: embedded - start,
        vectors: searched - embedded + (now() - worded),
        words: worded - searched,
      },
    };
  }

  return {
    search: async (request, signal): Promise<SearchResult> => {
      signal.throwIfAborted();
      const started = now();
      for (let depth = 1; ; depth *= DEEPER) {
        const found = await find(request, depth, signal);
        signal.throwIfAborted();
        const fusing = now();
        const hits = presentHits(db, fuse(found.candidates, found.fusion), request);
        if (hits.length < request.k && !found.isAll) continue;
        const ended = now();
        return {
          hits,
          mode: request.mode,
          notices: [...found.notices],
          milliseconds: { ...found.milliseconds, fuse: ended - fusing, total: ended - started },
        };
      }
    },
  };
}
