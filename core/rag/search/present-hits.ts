import type { SearchHit, SearchRequest } from "../../contract/search.ts";
import { readDocumentSlice } from "../../store/document-text.ts";
import { getDocument, getPassages } from "../../store/documents.ts";
import type { ReadDb } from "../../store/handle.ts";
import { matchTerms, toQueryTerms } from "./words/terms.ts";
import type { Ranked } from "./fusion.ts";
import { addPassage, type MergedHit } from "./merge-neighbours.ts";
import { makeDuplicateFilter } from "./near-duplicates.ts";

/** The best k as hits: neighbours merged, near-duplicates left out, texts and matching words read. */
export function presentHits(db: ReadDb, ranked: readonly Ranked[], request: SearchRequest): SearchHit[] {
  const wanted = new Set(toQueryTerms(request.question));
  const merged: MergedHit[] = [];
  const texts = new Map<number, string>();
  const duplicates = makeDuplicateFilter();
  for (const candidate of ranked) {
    if (merged.length >= request.k) break;
    const [row] = getPassages(db, [candidate.passageId]);
    if (!row || duplicates.isRepeated(row.text)) continue;
    texts.set(row.id, row.text);
    addPassage(merged, {
      ...candidate,
      ordinal: row.ordinal,
      start: row.start,
      end: row.end,
      place: row.place,
    });
  }
  const documents = new Map<number, ReturnType<typeof getDocument>>();
  return merged.flatMap((hit, index): SearchHit[] => {
    const { best } = hit;
    if (!documents.has(best.documentId)) documents.set(best.documentId, getDocument(db, best.documentId));
    const document = documents.get(best.documentId);
    if (!document) return [];
    const alone = hit.passages.length === 1 ? texts.get(best.passageId) : undefined;
    const text = alone ?? readDocumentSlice(db, document.id, hit.start, hit.end);
    return [
      {
        rank: index + 1,
        score: Math.min(1, Math.max(0, best.score)),
        vectorScore: best.cosine,
        wordScore: best.wordScore,
        passageIds: hit.passages.map((passage) => passage.passageId),
        documentId: document.id,
        collectionId: document.collectionId,
        key: document.key,
        title: document.title,
        path: document.path,
        place: hit.place,
        start: hit.start,
        end: hit.end,
        text,
        matches: matchTerms(text, wanted),
      },
    ];
  });
}
