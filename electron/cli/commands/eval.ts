import { readFile } from "node:fs/promises";
import { AppError } from "../../../core/contract/errors.ts";
import { searchModes } from "../../../core/contract/search.ts";
import {
  evaluate,
  parseJudgments,
  type Evaluation,
  type Judgments,
} from "../../../core/rag/search/evaluate.ts";
import { toFileError } from "../file-error.ts";
import { noticeOf } from "../messages.ts";
import { readQueries } from "../question-file.ts";
import { collectionIds, openSession, type Session } from "../session.ts";
import { documentName } from "./search.ts";

/** `qwill eval`: a line of figures for each mode; milliseconds for p50 and p95. */
export async function evalCommand(
  session: Session,
  _args: string[],
  options: { queries: string; qrels: string },
): Promise<number> {
  const questions = await readQueries(options.queries);
  const judgments = await readJudgments(options.qrels);
  const running = await openSession(session, { model: "wanted" });
  try {
    const { library } = running;
    const collections = collectionIds(session, running);
    const modes = searchModes.filter((mode) => mode === "words" || library.models.active !== null);
    const [first] = questions;
    if (first !== undefined) {
      const request = { question: first.text, k: 1, mode: "hybrid", collections } as const;
      for (const notice of (await library.retriever.search(request, session.signal)).notices)
        session.output.note(noticeOf(notice));
    }
    const found = await evaluate(
      {
        retriever: library.retriever,
        questions,
        judgments,
        modes,
        collections,
        nameOf: documentName,
        progress: (done, total) => session.output.progress(`${done}/${total} questions`),
      },
      session.signal,
    );
    if (found[0]?.questions === 0)
      session.output.note("None of the questions is judged in --qrels: the ids do not meet.");
    for (const one of found) session.output.result(figuresOf(one), () => wordsOf(one));
    return 0;
  } finally {
    await running.close();
  }
}

async function readJudgments(path: string): Promise<Judgments> {
  try {
    return parseJudgments(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new AppError("bad-request", { facts: { reason: error.message }, cause: error });
    throw toFileError(path, error);
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function figuresOf(found: Evaluation): object {
  return {
    mode: found.mode,
    questions: found.questions,
    "nDCG@10": round(found.ndcg10, 4),
    "Recall@10": round(found.recall10, 4),
    "Recall@100": round(found.recall100, 4),
    "MRR@10": round(found.mrr10, 4),
    p50: round(found.p50, 2),
    p95: round(found.p95, 2),
  };
}

function wordsOf(found: Evaluation): string {
  const figures = [
    `nDCG@10 ${found.ndcg10.toFixed(4)}`,
    `Recall@10 ${found.recall10.toFixed(4)}`,
    `Recall@100 ${found.recall100.toFixed(4)}`,
    `MRR@10 ${found.mrr10.toFixed(4)}`,
    `p50 ${found.p50.toFixed(1)} ms`,
    `p95 ${found.p95.toFixed(1)} ms`,
  ];
  return `${found.mode.padEnd(8)} ${figures.join("  ")}  (${found.questions} questions)`;
}
