import type { SearchHit } from "../../contract/search.ts";
import { getDocument } from "../../store/documents.ts";
import { getFile } from "../../store/files.ts";
import type { ReadDb } from "../../store/handle.ts";
import type { Indexer } from "./indexer.ts";

/** Hits looked at: what a person asked about stands at the top. */
const looked = 10;

/** Gives the files that a search found, and that lack vectors, theirs before others. */
export function preferAsked(
  db: ReadDb,
  fingerprint: string,
  hits: readonly Pick<SearchHit, "documentId">[],
  indexer: Indexer,
): void {
  const wanted = new Set<number>();
  for (const { documentId } of hits.slice(0, looked)) {
    const file = getFile(db, getDocument(db, documentId)?.fileId ?? 0);
    if (file && file.priority === 0 && file.vectorsFingerprint !== fingerprint) wanted.add(file.id);
  }
  if (wanted.size > 0) indexer.prefer([...wanted]);
}
