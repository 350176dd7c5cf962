import { hasHiddenDocuments, hiddenCollections } from "./hidden.ts";
import { reading, type ReadDb } from "./handle.ts";

/** A passage found by words; `bm25` is higher for better (SQLite's own sign turned round). */
export interface WordHit {
  readonly passageId: number;
  readonly documentId: number;
  readonly bm25: number;
}

export interface WordQuery {
  /** Folded terms, as given to the index; a passage needs one of them. */
  readonly terms: readonly string[];
  readonly limit: number;
  /** Collection ids; empty means all. */
  readonly collections: readonly number[];
  /** Passages to score beyond the limit where they match (candidates of another search). */
  readonly also?: readonly number[];
  /** Weight of the title and headings column against the text's 1. Default 1. */
  readonly headWeight?: number;
}

function matchExpression(terms: readonly string[]): string {
  return terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(" OR ");
}

/**
 * The best passages by BM25, best first, ties by passage id; then those of `also` that match. Two queries:
 * keeping every matched row for the second list in one costs half as much again.
 */
export function searchWords(db: ReadDb, query: WordQuery): WordHit[] {
  const { terms, limit, collections, also = [], headWeight = 1 } = query;
  if (terms.length === 0) return [];
  const scope = collections.length > 0 ? [JSON.stringify(collections)] : [];
  const isFiltered = collections.length > 0 || hasHiddenDocuments(db);
  const matched = (isListed: boolean): string => `
    SELECT f.rowid AS passageId, -bm25(passages_fts, ?, 1.0) AS bm25 FROM passages_fts f
    ${isFiltered ? "JOIN passages p ON p.id = f.rowid JOIN documents d ON d.id = p.document_id" : ""}
    WHERE passages_fts MATCH ?
    ${isFiltered ? `AND d.collection_id NOT IN ${hiddenCollections}` : ""}
    ${scope.length > 0 ? "AND d.collection_id IN (SELECT value FROM json_each(?))" : ""}
    ${isListed ? "AND f.rowid IN (SELECT value FROM json_each(?))" : "ORDER BY bm25 DESC, f.rowid LIMIT ?"}`;
  const ask = (isListed: boolean, last: unknown): Omit<WordHit, "documentId">[] =>
    reading<Omit<WordHit, "documentId">>(db, matched(isListed)).all(
      headWeight,
      matchExpression(terms),
      ...scope,
      last,
    );
  const best = ask(false, limit);
  const found = new Set(best.map((hit) => hit.passageId));
  // Fewer than asked for: every passage that matches is among them.
  const others = best.length < limit ? [] : also.filter((id) => !found.has(id));
  const listed = others.length > 0 ? ask(true, JSON.stringify(others)) : [];
  const hits = [...best, ...listed.toSorted((a, b) => b.bm25 - a.bm25 || a.passageId - b.passageId)];
  const rows = reading<{ id: number; documentId: number }>(
    db,
    "SELECT id, document_id AS documentId FROM passages WHERE id IN (SELECT value FROM json_each(?))",
  ).all(JSON.stringify(hits.map((hit) => hit.passageId)));
  const documents = new Map(rows.map((row) => [row.id, row.documentId]));
  return hits.flatMap((hit) => {
    const documentId = documents.get(hit.passageId);
    return documentId === undefined ? [] : [{ ...hit, documentId }];
  });
}

/** How many passages hold each term; a term that is nowhere is left out. */
export function documentFrequencies(db: ReadDb, terms: readonly string[]): Map<string, number> {
  const statement = reading<{ doc: number }>(db, "SELECT doc FROM passages_terms WHERE term = ?");
  const found = new Map<string, number>();
  for (const term of new Set(terms)) {
    const row = statement.get(term);
    if (row) found.set(term, row.doc);
  }
  return found;
}

/** How many passages there are. */
export function countPassages(db: ReadDb): number {
  return reading<{ n: number }>(db, "SELECT count(*) AS n FROM passages").get()?.n ?? 0;
}

/** Up to `count` passages spread over the library, by id. */
export function samplePassages(db: ReadDb, count: number): number[] {
  const range = reading<{ low: number | null; high: number | null }>(
    db,
    "SELECT min(id) AS low, max(id) AS high FROM passages",
  ).get();
  if (!range || range.low === null || range.high === null) return [];
  const { low, high } = range;
  const next = reading<{ id: number }>(db, "SELECT id FROM passages WHERE id >= ? ORDER BY id LIMIT 1");
  const step = Math.max(1, (high - low) / count);
  const ids = Array.from({ length: count }, (_, at) => next.get(Math.floor(low + at * step))?.id);
  return [...new Set(ids.filter((id) => id !== undefined))];
}
