import type { SavedSuggestion } from "../../contract/memory.ts";
import type { WriteDb } from "../../store/handle.ts";
import { deleteSuggestion, keepSuggestion, listSuggestions } from "../../store/saved-suggestions.ts";

/** Suggestions a person accepted or judged: visible, deletable. */
export interface Suggestions {
  list(offset: number, limit: number): SavedSuggestion[];
  save(suggestion: Omit<SavedSuggestion, "id" | "createdAt">): SavedSuggestion;
  remove(id: number): void;
}

export function makeSuggestions(db: WriteDb, now: () => number): Suggestions {
  return {
    list: (offset, limit) => listSuggestions(db, offset, limit),
    save: (suggestion) => keepSuggestion(db, { ...suggestion, createdAt: now() }),
    remove: (id) => deleteSuggestion(db, id),
  };
}
