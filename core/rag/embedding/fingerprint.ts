import { createHash } from "node:crypto";
import type { EmbeddingRow } from "../../models/embedding-catalogue.ts";

/** What keys an index: two models with one fingerprint give the same vectors. */
export function fingerprintOf(row: EmbeddingRow, hashes: Readonly<Record<string, string>>): string {
  const parts = [
    row.files.map((file) => [file.path, hashes[file.path]]),
    row.pooling,
    row.queryPrefix,
    row.documentPrefix,
    row.dimension,
    row.longestInput,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
