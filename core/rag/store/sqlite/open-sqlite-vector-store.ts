import { inTransaction, reading, type WriteDb } from "../../../store/handle.ts";
import { byScore, checkRows, checkVector, lastOfEach, toUnit } from "../check-vectors.ts";
import { cosineInt8, toInt8 } from "../int8.ts";
import type { VectorHit, VectorStore } from "../vector-store.ts";
import { countVectors, deleteVector, insertVector, keyRange, openModel, vectorKey } from "./vector-rows.ts";

/** The vectors of one model inside the encrypted database. The caller opens and closes the database. */
export function openSqliteVectorStore(options: { db: WriteDb; fingerprint: string; dimension: number }): VectorStore {
  const { db, fingerprint, dimension } = options;
  const modelId = openModel(db, fingerprint, dimension);
  const every = db.prepare<{ key: number; documentId: number; vector: Buffer }>(
    "SELECT key, document_id AS documentId, vector FROM vectors WHERE key BETWEEN ? AND ?",
  );
  const one = (key: number): { vector: Buffer } | undefined =>
    reading<{ vector: Buffer }>(db, "SELECT vector FROM vectors WHERE key = ?").get(key);
  return {
    fingerprint,
    dimension,
    count: async () => countVectors(db, modelId),
    add: async (rows) => {
      checkRows(rows, dimension);
      inTransaction(db, () => {
        for (const row of lastOfEach(rows)) insertVector(db, vectorKey(modelId, row.passageId), row.documentId, toInt8(row.vector));
      });
    },
    removePassages: async (passageIds) => {
      inTransaction(db, () => passageIds.forEach((id) => deleteVector(db, vectorKey(modelId, id))));
    },
    removeDocuments: async (documentIds) => {
      inTransaction(db, () => {
        const remove = db.prepare("DELETE FROM vectors WHERE document_id = ? AND key BETWEEN ? AND ?");
        for (const id of documentIds) remove.run(id, ...keyRange(modelId));
      });
    },
    search: async (query, k, scope, signal) => {
      signal.throwIfAborted();
      checkVector(query, dimension);
      const unit = toUnit(query);
      const hits: VectorHit[] = [];
      for (const row of every.iterate(...keyRange(modelId))) {
        if (scope.allows && !scope.allows(row.documentId)) continue;
        hits.push({ passageId: row.key % 2 ** 32, documentId: row.documentId, score: cosineInt8(unit, toSigned(row.vector)) });
      }
      return hits.toSorted(byScore).slice(0, k);
    },
    scores: async (query, passageIds) => {
      checkVector(query, dimension);
      const unit = toUnit(query);
      const scores = new Map<number, number>();
      for (const id of passageIds) {
        const row = one(vectorKey(modelId, id));
        if (row) scores.set(id, cosineInt8(unit, toSigned(row.vector)));
      }
      return scores;
    },
    close: async () => undefined,
  };
}

function toSigned(bytes: Buffer): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
