import type { IndexedModel } from "../../core/rag/indexer-vectors.ts";
import type { Retriever } from "../../core/rag/retriever.ts";
import { toQueryTerms } from "../../core/rag/words/terms.ts";
import { getDocument, getPassages } from "../../core/store/documents.ts";
import type { ReadDb } from "../../core/store/handle.ts";
import { searchWords } from "../../core/store/words.ts";

/** Search by words alone. */
export function makeRetriever(db: ReadDb, _model: IndexedModel | null): Retriever {
  return {
    search: async ({ question, k, collections, mode }) => {
      const started = performance.now();
      const hits = searchWords(db, { terms: toQueryTerms(question), limit: k, collections });
      const rows = getPassages(
        db,
        hits.map((hit) => hit.passageId),
      );
      return {
        hits: rows.flatMap((row, at) => {
          const document = getDocument(db, row.documentId);
          if (!document) return [];
          return [
            {
              rank: at + 1,
              score: 1 / (at + 1),
              vectorScore: null,
              wordScore: hits[at]?.bm25 ?? null,
              passageIds: [row.id],
              documentId: document.id,
              collectionId: document.collectionId,
              key: document.key,
              title: document.title,
              path: document.path,
              place: row.place,
              start: row.start,
              end: row.end,
              text: row.text,
              matches: [],
            },
          ];
        }),
        mode,
        notices: [],
        milliseconds: { embed: 0, vectors: 0, words: 0, fuse: 0, total: performance.now() - started },
      };
    },
  };
}
