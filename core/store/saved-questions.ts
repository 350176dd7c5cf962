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

export function deleteQuestion(db: WriteDb, id: number): void {
  writing(db, "DELETE FROM saved_questions WHERE id = ?").run(id);
}
