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

/** The best passages by BM25, best first, ties by passage id; then those of `also` that match. */
export function searchWords(db: ReadDb, query: WordQuery): WordHit[] {
  if (query.terms.length === 0) return [];
  const scoped = query.collections.length > 0;
  const sql = `
    WITH matched AS MATERIALIZED (
      SELECT f.rowid AS passageId, bm25(passages_fts, ?, 1.0) AS rank
      FROM passages_fts f
      ${scoped ? "JOIN passages p ON p.id = f.rowid JOIN documents d ON d.id = p.document_id" : ""}
      WHERE passages_fts MATCH ?
      ${scoped ? "AND d.collection_id IN (SELECT value FROM json_each(?))" : ""}
    ),
    best AS (SELECT passageId, rank FROM matched ORDER BY rank, passageId LIMIT ?),
    chosen AS (
      SELECT passageId, rank FROM best
      UNION
      SELECT passageId, rank FROM matched WHERE passageId IN (SELECT value FROM json_each(?))
    )
    SELECT c.passageId, p.document_id AS documentId, -c.rank AS bm25
    FROM chosen c JOIN passages p ON p.id = c.passageId
    ORDER BY c.rank, c.passageId`;
  return reading<WordHit>(db, sql).all(
    query.headWeight ?? 1,
    matchExpression(query.terms),
    ...(scoped ? [JSON.stringify(query.collections)] : []),
    query.limit,
    JSON.stringify(query.also ?? []),
  );
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
