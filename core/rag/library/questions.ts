import type { SavedQuestion } from "../../contract/memory.ts";
import type { SearchHit, SearchMode } from "../../contract/search.ts";
import type { WriteDb } from "../../store/handle.ts";
import {
  deleteQuestion,
  insertQuestion,
  listQuestions,
  setQuestionRecall,
} from "../../store/saved-questions.ts";
import type { Retriever } from "../search/retriever.ts";

/** The bench: questions whose right places a person has marked. */
export interface Questions {
  list(): SavedQuestion[];
  save(question: Pick<SavedQuestion, "question" | "relevant">): SavedQuestion;
  remove(id: number): void;
  /** Runs every question and stores its recall@10. */
  evaluate(mode: SearchMode, signal: AbortSignal): Promise<SavedQuestion[]>;
}

export function makeQuestions(db: WriteDb, retriever: () => Retriever): Questions {
  return {
    list: () => listQuestions(db),
    save: (question) => insertQuestion(db, question),
    remove: (id) => deleteQuestion(db, id),
    evaluate: async (mode, signal) => {
      for (const { id, question, relevant } of listQuestions(db)) {
        const { hits } = await retriever().search({ question, k: 10, mode, collections: [] }, signal);
        setQuestionRecall(db, id, recallOf(relevant, hits));
      }
      return listQuestions(db);
    },
  };
}

/** The share of the marked places that a hit, or a place where its text stands too, touches; null where none is marked. */
export function recallOf(
  relevant: SavedQuestion["relevant"],
  hits: readonly Pick<SearchHit, "documentId" | "start" | "end" | "copies">[],
): number | null {
  if (relevant.length === 0) return null;
  const places = hits.flatMap((hit) => [hit, ...hit.copies]);
  const found = relevant.filter((place) =>
    places.some(
      (hit) =>
        hit.documentId === place.documentId &&
        hit.start < Math.max(place.end, place.start + 1) &&
        hit.end > place.start,
    ),
  );
  return found.length / relevant.length;
}
