import type { DocumentHead, Passage } from "../../contract/documents.ts";
import { AppError } from "../../contract/errors.ts";
import {
  documentsOfFile,
  getDocument,
  listDocuments,
  locatePassage,
  passagesOfDocument,
} from "../../store/documents.ts";
import { getFile } from "../../store/files.ts";
import type { ReadDb } from "../../store/handle.ts";
import type { Indexer } from "./indexer.ts";
import type { IndexedModel } from "./indexer-vectors.ts";

export interface DocumentQueries {
  /** Opens a document; its vectors come before others'. */
  document(id: number): DocumentHead;
  passages(documentId: number, offset: number, limit: number): Promise<Passage[]>;
  /** The ordinal of the passage at or after an offset. */
  locate(documentId: number, start: number): number;
  documentsOfFile(fileId: number, offset: number, limit: number): DocumentHead[];
  /** A page of all documents, by id. */
  documents(collectionId: number | null, after: number, limit: number): DocumentHead[];
}

/** Reading what is stored. */
export function makeDocumentQueries(
  db: ReadDb,
  active: () => IndexedModel | null,
  indexer: Indexer,
): DocumentQueries {
  return {
    document: (id) => {
      const found = getDocument(db, id);
      if (!found) throw new AppError("not-found");
      const fingerprint = active()?.vectors.fingerprint;
      const file = getFile(db, found.fileId);
      if (file?.priority === 0 && fingerprint !== undefined && file.vectorsFingerprint !== fingerprint)
        indexer.prefer([file.id]);
      return found;
    },
    passages: async (documentId, offset, limit) => {
      const rows = passagesOfDocument(db, documentId, offset, limit);
      const embedded = (await active()?.vectors.present(rows.map((row) => row.id))) ?? new Set();
      return rows.map((row) => ({ ...row, hasVector: embedded.has(row.id) }));
    },
    locate: (documentId, start) => {
      if (!getDocument(db, documentId)) throw new AppError("not-found");
      return locatePassage(db, documentId, start);
    },
    documentsOfFile: (fileId, offset, limit) => documentsOfFile(db, fileId, offset, limit),
    documents: (collectionId, after, limit) => listDocuments(db, collectionId, after, limit),
  };
}
