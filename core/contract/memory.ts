import { z } from "zod";
import { id } from "./documents.ts";
import { provenance } from "./provenance.ts";
import { intent } from "./suggest.ts";

/** A suggestion the person accepted or judged: personal memory, visible and deletable. */
export const savedSuggestion = z.strictObject({
  id,
  requestId: z.string(),
  intent,
  request: z.string(),
  text: z.string(),
  createdAt: z.number(),
  accepted: z.boolean(),
  /** 1 thumbs up, -1 thumbs down, 0 none. */
  rating: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  /** The collections whose passages it was written from, here or earlier in its conversation. */
  ...provenance.shape,
});
export type SavedSuggestion = z.infer<typeof savedSuggestion>;

/** A question kept on the test bench with the passages a person marked as right. */
export const savedQuestion = z.strictObject({
  id,
  question: z.string(),
  /** Documents a person marked as right for it. */
  relevant: z.array(z.strictObject({ documentId: id, start: z.number(), end: z.number() })),
  /** Recall@10 of the last run, null before one. */
  recall: z.number().nullable(),
});
export type SavedQuestion = z.infer<typeof savedQuestion>;
