import { makeHybridRetriever } from "../../core/rag/hybrid-retriever.ts";
import type { IndexedModel } from "../../core/rag/indexer-vectors.ts";
import type { Retriever } from "../../core/rag/retriever.ts";
import type { ReadDb } from "../../core/store/handle.ts";

/** Search over this database: by words, and by meaning where there is a model. */
export function makeRetriever(db: ReadDb, model: IndexedModel | null): Retriever {
  return makeHybridRetriever({ db, model });
}
