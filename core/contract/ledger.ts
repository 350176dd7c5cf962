import { z } from "zod";
import { tier } from "./tiers.ts";

export const ledgerPurposes = [
  "suggest",
  "list-models",
  "health",
  "count-tokens",
  "fine-tune",
  "model-download",
] as const;
export const ledgerPurpose = z.enum(ledgerPurposes);
export type LedgerPurpose = z.infer<typeof ledgerPurpose>;

/** `open` until it ended; `interrupted` where Qwill ended before it: it may have been sent, and answered. */
export const ledgerOutcomes = ["open", "completed", "failed", "cancelled", "refused", "interrupted"] as const;

/** One call that left (or was refused before it did). Bytes are those of the bodies. */
export const ledgerRow = z.strictObject({
  id: z.number().int().positive(),
  requestId: z.string(),
  /** Unix milliseconds. */
  time: z.number(),
  origin: z.string(),
  method: z.string(),
  path: z.string(),
  purpose: ledgerPurpose,
  tier: z.nullable(tier),
  bytesSent: z.number().int().nonnegative(),
  bytesReceived: z.number().int().nonnegative(),
  outcome: z.enum(ledgerOutcomes),
  status: z.number().int().nullable(),
  milliseconds: z.number().nullable(),
  /** SHA-256 of the bytes that were sent, in hexadecimal; it stays when they are forgotten. */
  payloadHash: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Unix milliseconds; null while the bytes are kept. */
  forgottenAt: z.number().nullable(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;
