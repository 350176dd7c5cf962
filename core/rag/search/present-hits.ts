import type { DocumentHead } from "../../contract/documents.ts";
import { MOST_COPIES, type SearchCopy, type SearchHit, type SearchRequest } from "../../contract/search.ts";
import { readDocumentSlice } from "../../store/document-text.ts";
import {
  copiesOfPassage,
  getDocument,
  getPassages,
  passageIdsLike,
  type PassagePlace,
} from "../../store/documents.ts";
import type { ReadDb } from "../../store/handle.ts";
import { matchTerms, toQueryTerms } from "./words/terms.ts";
import { textKey } from "./copies.ts";
import type { Ranked } from "./fusion.ts";
import { addPassage, type MergedHit, type PlacedPassage } from "./merge-neighbours.ts";

/** A hit and where its text stands too. */
interface Collapsed {
  readonly hits: readonly MergedHit[];
  /** By the index of the hit. */
  readonly copies: ReadonlyMap<number, readonly MergedHit[]>;
  readonly texts: ReadonlyMap<number, string>;
}

/** The best k as hits: neighbours merged, copies with the hit that says the same, texts and matching words read. */
export function presentHits(db: ReadDb, ranked: readonly Ranked[], request: SearchRequest): SearchHit[] {
  const wanted = new Set(toQueryTerms(request.question));
  const { hits, copies, texts } = collapse(db, ranked, request);
  const documents = new Map<number, DocumentHead | undefined>();
  const documentOf = (id: number): DocumentHead | undefined => {
    if (!documents.has(id)) documents.set(id, getDocument(db, id));
    return documents.get(id);
  };
  const placesOf = (hit: MergedHit): SearchCopy[] => {
    const document = documentOf(hit.best.documentId);
    if (!document) return [];
    return [
      {
        passageIds: hit.passages.map((passage) => passage.passageId),
        documentId: document.id,
        collectionId: document.collectionId,
        key: document.key,
        title: document.title,
        path: document.path,
        place: hit.place,
        start: hit.start,
        end: hit.end,
      },
    ];
  };
  return hits.flatMap((hit, index) =>
    placesOf(hit).map((place): SearchHit => {
      const { best } = hit;
      const alone = hit.passages.length === 1 ? texts.get(best.passageId) : undefined;
      const text = alone ?? readDocumentSlice(db, place.documentId, hit.start, hit.end);
      return {
        rank: index + 1,
        score: Math.min(1, Math.max(0, best.score)),
        vectorScore: best.cosine,
        wordScore: best.wordScore,
        ...place,
        text,
        matches: matchTerms(text, wanted),
        copies: (copies.get(index) ?? []).flatMap(placesOf),
      };
    }),
  );
}

function collapse(db: ReadDb, ranked: readonly Ranked[], request: SearchRequest): Collapsed {
  const hits: MergedHit[] = [];
  const texts = new Map<number, string>();
  const hitOfText = new Map<string, number>();
  const copies = new Map<number, MergedHit[]>();
  const seen = new Set<number>();
  const addCopy = (hit: number, passage: PlacedPassage): void => {
    seen.add(passage.passageId);
    const known = copies.get(hit) ?? [];
    if (known.length < MOST_COPIES) addPassage(known, passage);
    copies.set(hit, known);
  };
  for (const candidate of ranked) {
    if (hits.length >= request.k) break;
    if (seen.has(candidate.passageId)) continue;
    const [row] = getPassages(db, [candidate.passageId]);
    if (!row) continue;
    seen.add(row.id);
    const passage = placed(candidate, row);
    const key = textKey(row.text);
    let hit = hitOfText.get(key);
    if (hit === undefined) {
      hit = addPassage(hits, passage);
      hitOfText.set(key, hit);
      texts.set(row.id, row.text);
    } else addCopy(hit, passage);
    const same = passageIdsLike(db, row.id);
    // Also those that no search gave: every place is to be reached from its hit. Most texts stand in one place alone.
    if (same.length > 1)
      for (const copy of copiesOfPassage(db, row.id, request.collections, MOST_COPIES))
        if (!seen.has(copy.id)) addCopy(hit, placed({ ...candidate, passageId: copy.id }, copy));
    // Beyond those that are listed they are not read one by one either.
    for (const id of same) seen.add(id);
  }
  return { hits, copies, texts };
}

function placed(ranked: Ranked, row: PassagePlace): PlacedPassage {
  const { documentId, ordinal, start, end, place } = row;
  return { ...ranked, documentId, ordinal, start, end, place };
}
