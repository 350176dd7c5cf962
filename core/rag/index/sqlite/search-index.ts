import type { WriteDb } from "../../../store/handle.ts";
import { deleteVectorModelSlice, vectorFingerprints } from "../../../store/vector-models.ts";
import { countPassages, documentFrequencies, samplePassages, searchWords } from "../../../store/words.ts";
import { otherWork } from "../other-work.ts";
import type { SearchIndex } from "../search-index.ts";
import { openSqliteVectorIndex } from "./vector-index.ts";

/** Vectors deleted in one transaction when a model is dropped. */
const droppedAtOnce = 1_000;

/** The index inside the encrypted database; words come and go with the rows of passages. */
export function makeSqliteSearchIndex(db: WriteDb): SearchIndex {
  return {
    countPassages: async () => countPassages(db),
    samplePassages: async (count) => samplePassages(db, count),
    frequencies: async (terms) => documentFrequencies(db, terms),
    searchWords: async (query, signal) => {
      signal.throwIfAborted();
      return searchWords(db, query);
    },
    fingerprints: async () => vectorFingerprints(db),
    openVectors: async (fingerprint, dimension) => openSqliteVectorIndex({ db, fingerprint, dimension }),
    dropVectors: async (fingerprint, signal) => {
      while (!deleteVectorModelSlice(db, fingerprint, droppedAtOnce)) {
        await otherWork();
        signal.throwIfAborted();
      }
    },
  };
}
