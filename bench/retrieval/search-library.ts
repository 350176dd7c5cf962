import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chunkOptionsFor, type ChunkOptions } from "../../core/rag/library/chunker.ts";
import type { Embedder } from "../../core/rag/embedding/embedder.ts";
import { toDocuments } from "../../core/rag/library/indexer-text.ts";
import { openSqliteVectorIndex, type SqliteVectorIndex } from "../../core/rag/index/sqlite/vector-index.ts";
import type { SearchIndex } from "../../core/rag/index/search-index.ts";
import { makeSqliteSearchIndex } from "../../core/rag/index/sqlite/search-index.ts";
import { toTerms } from "../../core/rag/search/words/terms.ts";
import type { WriteDb } from "../../core/store/handle.ts";
import { openDatabase } from "../../core/store/open.ts";
import { replaceFileDocuments } from "../../core/store/replace-documents.ts";

/** An encrypted library in a temporary folder, filled as the indexer fills one. */
export interface BenchLibrary {
  readonly db: WriteDb;
  readonly index: SearchIndex;
  readonly vectors: SqliteVectorIndex;
  readonly passages: number;
  close(): Promise<void>;
}

/** Stores documents with their words and vectors. `vectorsOf` stands in for the model where given. */
export async function makeBenchLibrary(
  documents: readonly { readonly id: string; readonly title: string; readonly text: string }[],
  embedder: Embedder,
  vectorsOf: (texts: readonly string[]) => Promise<readonly Float32Array[]>,
  options: ChunkOptions = chunkOptionsFor(embedder),
): Promise<BenchLibrary> {
  const signal = new AbortController().signal;
  const folder = mkdtempSync(join(tmpdir(), "qwill-bench-"));
  const db = openDatabase({ path: join(folder, "library.db"), key: new Uint8Array(32).fill(9) });
  db.prepare("INSERT INTO collections (name, reach) VALUES ('bench', 'device')").run();
  db.prepare(
    "INSERT INTO files (collection_id, path, name, bytes, modified_at, state) VALUES (1, '/set.jsonl', 'set', 1, 1, 'waiting')",
  ).run();
  const read = documents.map(({ id, title, text }) => ({ key: id, title, text, sections: [], pages: null }));
  const { documents: made } = await toDocuments(
    { format: "jsonl", documents: read, warnings: [] },
    "set",
    { toTerms, chunkOptions: () => options },
    signal,
  );
  replaceFileDocuments(
    db,
    1,
    { format: "jsonl", bytes: 1, modifiedAt: 1, contentHash: "00", warnings: [], documents: made },
    1,
  );
  const vectors = openSqliteVectorIndex({
    db,
    fingerprint: embedder.fingerprint,
    dimension: embedder.dimension,
  });
  const rows = db
    .prepare<{ id: number; documentId: number; key: string; start: number; end: number }>(
      'SELECT p.id, p.document_id AS documentId, d.key, p.start, p."end" FROM passages p JOIN documents d ON d.id = p.document_id ORDER BY p.id',
    )
    .all();
  const texts = new Map(documents.map((document) => [document.id, document.text]));
  const batch = 4096;
  for (let at = 0; at < rows.length; at += batch) {
    const part = rows.slice(at, at + batch);
    const embedded = await vectorsOf(part.map((row) => texts.get(row.key)!.slice(row.start, row.end)));
    await vectors.add(
      part.map((row, index) => ({ passageId: row.id, documentId: row.documentId, vector: embedded[index]! })),
    );
  }
  return {
    db,
    index: makeSqliteSearchIndex(db),
    vectors,
    passages: rows.length,
    close: async () => {
      await vectors.close();
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
