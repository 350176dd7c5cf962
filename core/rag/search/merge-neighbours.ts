import type { Place } from "../../contract/documents.ts";
import type { Ranked } from "./fusion.ts";

/** A ranked passage with where it stands. */
export interface PlacedPassage extends Ranked {
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/** One or several neighbouring passages as one hit; scores are those of the best. */
export interface MergedHit {
  readonly best: PlacedPassage;
  /** Best first. */
  readonly passages: readonly PlacedPassage[];
  readonly start: number;
  readonly end: number;
  /** Of the passage that comes first in the document. */
  readonly place: Place;
}

const LONGEST_MERGED = 3000;
const MOST_MERGED = 3;
/** A much worse neighbour would only dilute the hit. */
const WORTH_MERGING = 0.6;

function isNeighbour(hit: MergedHit, passage: PlacedPassage): boolean {
  if (hit.best.documentId !== passage.documentId || hit.passages.length >= MOST_MERGED) return false;
  if (passage.score < hit.best.score * WORTH_MERGING) return false;
  const { sheet, slide } = hit.best.place;
  if (sheet !== passage.place.sheet || slide !== passage.place.slide) return false;
  const ordinals = hit.passages.map((each) => each.ordinal);
  if (passage.ordinal !== Math.min(...ordinals) - 1 && passage.ordinal !== Math.max(...ordinals) + 1)
    return false;
  return Math.max(hit.end, passage.end) - Math.min(hit.start, passage.start) <= LONGEST_MERGED;
}

/** Adds a passage to the hit it neighbours, else as a new hit, and says which; call it in the order of the ranking. */
export function addPassage(hits: MergedHit[], passage: PlacedPassage): number {
  const at = hits.findIndex((hit) => isNeighbour(hit, passage));
  const hit = hits[at];
  if (!hit) {
    return (
      hits.push({
        best: passage,
        passages: [passage],
        start: passage.start,
        end: passage.end,
        place: passage.place,
      }) - 1
    );
  }
  hits[at] = {
    ...hit,
    passages: [...hit.passages, passage],
    start: Math.min(hit.start, passage.start),
    end: Math.max(hit.end, passage.end),
    place: passage.start < hit.start ? passage.place : hit.place,
  };
  return at;
}
