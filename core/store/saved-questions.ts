import { savedQuestion, type SavedQuestion } from "../contract/memory.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

interface Raw {
  id: number;
  question: string;
  relevant: string;
  recall: number | null;
}

/** The bench's questions, oldest first. */
export function listQuestions(db: ReadDb): SavedQuestion[] {
  return reading<Raw>(db, "SELECT id, question, relevant, recall FROM saved_questions ORDER BY id")
    .all()
    .map((raw) => savedQuestion.parse({ ...raw, relevant: JSON.parse(raw.relevant) }));
}

export function insertQuestion(
  db: WriteDb,
  question: Pick<SavedQuestion, "question" | "relevant">,
): SavedQuestion {
  const done = writing(db, "INSERT INTO saved_questions (question, relevant) VALUES (?, ?)").run(
    question.question,
    JSON.stringify(question.relevant),
  );
  return { ...question, id: Number(done.lastInsertRowid), recall: null };
}

export function setQuestionRecall(db: WriteDb, id: number, recall: number | null): void {
  writing(db, "UPDATE saved_questions SET recall = ? WHERE id = ?").run(recall, id);
}

/** The documents that hold a place marked as right for a question. */
export function markedDocuments(db: ReadDb): Set<number> {
  const rows = reading<{ id: number }>(
    db,
    "SELECT DISTINCT r.value ->> 'documentId' AS id FROM saved_questions q, json_each(q.relevant) r",
  ).all();
  return new Set(rows.map(({ id }) => id));
}

/** Marks in one document hold in the one that took its place. */
export function moveMarks(db: WriteDb, documentId: number, newId: number): void {
  const marked = reading<{ id: number; relevant: string }>(
    db,
    `SELECT id, relevant FROM saved_questions q WHERE EXISTS (
       SELECT 1 FROM json_each(q.relevant) r WHERE r.value ->> 'documentId' = ?)`,
  ).all(documentId);
  for (const { id, relevant } of marked) {
    const places = savedQuestion.shape.relevant.parse(JSON.parse(relevant));
    const moved = places.map((place) =>
      place.documentId === documentId ? { ...place, documentId: newId } : place,
    );
    writing(db, "UPDATE saved_questions SET relevant = ? WHERE id = ?").run(JSON.stringify(moved), id);
  }
}

export function deleteQuestion(db: WriteDb, id: number): void {
  writing(db, "DELETE FROM saved_questions WHERE id = ?").run(id);
}
