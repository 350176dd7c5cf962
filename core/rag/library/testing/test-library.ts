import type { WriteDb } from "../../../store/handle.ts";
import { makeSqliteSearchIndex } from "../../index/sqlite/search-index.ts";
import { isReadable } from "../../readers/formats.ts";
import { readPath } from "../../readers/testing/read-path.ts";
import { makeHybridRetriever } from "../../search/hybrid-retriever.ts";
import { toTerms } from "../../search/words/terms.ts";
import { chunkOptionsFor } from "../chunker.ts";
import { makeLibrary, type Library, type LibraryDeps } from "../library.ts";

/** A library over an open database, its files read in this process. */
export function makeTestLibrary(db: WriteDb, more: Partial<LibraryDeps> = {}): Library {
  const index = makeSqliteSearchIndex(db);
  return makeLibrary({
    db,
    isReadable,
    toTerms,
    termsVersion: 1,
    reader: { read: readPath, close: async () => undefined },
    now: Date.now,
    chunkOptions: () => chunkOptionsFor(null),
    makeRetriever: (model) => makeHybridRetriever({ index, db, model }),
    index,
    isWatching: false,
    parallelReads: 2,
    ...more,
  });
}
