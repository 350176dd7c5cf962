import type { LabelledSet } from "./labelled-set.ts";

/** A question with the documents that answer it. */
export interface SplitQuestion {
  readonly text: string;
  readonly right: ReadonlySet<string>;
}

interface Half {
  readonly answerable: readonly SplitQuestion[];
  readonly unanswerable: readonly SplitQuestion[];
}

/** A library of half the articles, with questions on it and questions on the other half. */
export interface AnswerableSplit {
  readonly documents: LabelledSet["documents"];
  /** One half for choosing a rule and one, of other articles, for judging it. */
  readonly halves: Readonly<Record<"chosen on" | "judged on", Half>>;
}

/** Document ids are `<article>-<paragraph>`. */
export function splitByArticle({ documents, questions, judgments }: LabelledSet): AnswerableSplit {
  const quarterOf = (documentId: string): number => Number(documentId.split("-")[0]) % 4;
  const asked = questions.map(({ id, text }): SplitQuestion => ({
    text,
    right: new Set(judgments.get(id)?.keys()),
  }));
  const ofQuarter = (quarter: number): SplitQuestion[] =>
    asked.filter(({ right }) => [...right].every((id) => quarterOf(id) === quarter));
  return {
    documents: documents.filter(({ id }) => quarterOf(id) < 2),
    halves: {
      "chosen on": { answerable: ofQuarter(0), unanswerable: ofQuarter(2) },
      "judged on": { answerable: ofQuarter(1), unanswerable: ofQuarter(3) },
    },
  };
}
