import { z } from "zod";
import { id } from "./documents.ts";

/** An accepted suggestion as it would go into a training file, for review line by line. */
export const fineTuneExample = z.strictObject({
  /** The saved suggestion it comes from. */
  id,
  request: z.string(),
  answer: z.string(),
  /** Private values that the sanitiser found and masked; null while no sanitiser is installed. */
  masked: z.number().int().nonnegative().nullable(),
  tokens: z.number().int().nonnegative(),
  characters: z.number().int().nonnegative(),
});
export type FineTuneExample = z.infer<typeof fineTuneExample>;

/** What can be trained on, and what may not leave this device for it. */
export const fineTuneReview = z.strictObject({
  examples: z.array(fineTuneExample),
  /** `collections`: names of those that keep it here; empty where nobody knows what it was written from. */
  leftOut: z.array(z.strictObject({ id, request: z.string(), collections: z.array(z.string()) })),
});
export type FineTuneReview = z.infer<typeof fineTuneReview>;

/** What a job would cost, before it is submitted. */
export const fineTuneQuote = z.strictObject({
  examples: z.number().int(),
  tokens: z.number().int(),
  epochs: z.number().int(),
  cost: z.strictObject({ amount: z.number(), currency: z.string() }),
  /** The day of the price. */
  priceAsOf: z.string(),
});
export type FineTuneQuote = z.infer<typeof fineTuneQuote>;

export const fineTuneStates = [
  "pending",
  "queuing",
  "running",
  "cancelling",
  "succeeded",
  "failed",
  "cancelled",
] as const;

export const fineTuneJob = z.strictObject({
  jobId: z.string(),
  name: z.string(),
  baseModel: z.string(),
  state: z.enum(fineTuneStates),
  createdAt: z.number().nullable(),
  /** The tuned model once there is one, and its deployment. */
  tunedModel: z.string().nullable(),
  deployment: z
    .strictObject({ model: z.string(), state: z.enum(["pending", "running", "stopped", "failed"]) })
    .nullable(),
  /** From 0 to 1 while it runs, where the provider's log names steps. */
  progress: z.number().min(0).max(1).nullable().optional(),
  /** Tokens billed, once the provider says. */
  tokens: z.number().int().nonnegative().nullable().optional(),
  /** Why it failed, in the provider's words. */
  message: z.string().nullable().optional(),
});
export type FineTuneJob = z.infer<typeof fineTuneJob>;
