import type { SavedSuggestion } from "../contract/memory.ts";
import { inReservedTransaction } from "./ballast.ts";
import { inTransaction, reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

interface Raw extends Omit<SavedSuggestion, "accepted" | "collections"> {
  readonly accepted: number;
  /** A JSON array of ids. */
  readonly collections: string;
}

/** Personal memory, newest first. */
export function listSuggestions(db: ReadDb, offset: number, limit: number): SavedSuggestion[] {
  return reading<Raw>(
    db,
    `SELECT id, request_id AS requestId, intent, request, text, created_at AS createdAt, accepted, rating,
       collections, reach
     FROM saved_suggestions ORDER BY id DESC LIMIT ? OFFSET ?`,
  )
    .all(limit, offset)
    .map((raw) => ({
      ...raw,
      accepted: raw.accepted === 1,
      collections: JSON.parse(raw.collections) as number[],
    }));
}

/** What a person says of a suggestion now; it takes the place of what was said of the same one before. */
export function keepSuggestion(db: WriteDb, suggestion: Omit<SavedSuggestion, "id">): SavedSuggestion {
  const { requestId, intent, request, text, createdAt, accepted, rating, collections, reach } = suggestion;
  const forget = writing(db, "DELETE FROM saved_suggestions WHERE request_id = ? AND text = ?");
  const insert = writing(
    db,
    `INSERT INTO saved_suggestions
       (request_id, intent, request, text, created_at, accepted, rating, collections, reach)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const from = JSON.stringify(collections);
  const done = inTransaction(db, () => {
    forget.run(requestId, text);
    return insert.run(requestId, intent, request, text, createdAt, accepted ? 1 : 0, rating, from, reach);
  });
  return { ...suggestion, id: Number(done.lastInsertRowid) };
}

export function deleteSuggestion(db: WriteDb, id: number): void {
  const remove = writing(db, "DELETE FROM saved_suggestions WHERE id = ?");
  inReservedTransaction(db, () => remove.run(id));
}
