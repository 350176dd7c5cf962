import { z } from "zod";

/**
 * Everything that can go wrong and is not a bug, as a closed list. The sentence a person reads for a
 * code stands in the language catalogues, never here and never in the place that throws.
 */
export const errorCodes = [
  // any request
  "cancelled",
  "bad-request",
  "not-found",
  "not-allowed",
  "internal",
  "timed-out",
  "worker-restarted",
  // the vault and its database
  "vault-locked",
  "vault-needs-key",
  "vault-damaged",
  "vault-from-newer-version",
  "vault-in-use",
  "key-file-invalid",
  "key-file-wrong",
  "disk-full",
  // reading files
  "file-missing",
  "file-unreadable",
  "file-too-large",
  "file-encrypted",
  "file-damaged",
  "file-format-unknown",
  "file-format-mismatch",
  "file-empty",
  "file-is-picture",
  "file-limits-exceeded",
  "reader-timed-out",
  "reader-out-of-memory",
  "reader-crashed",
  // models
  "model-missing",
  "model-damaged",
  "model-not-supported",
  "model-import-invalid",
  "memory-too-small",
  // providers and the network
  "offline",
  "provider-not-configured",
  "provider-auth",
  "provider-permission",
  "provider-billing",
  "provider-rate-limited",
  "provider-context-overflow",
  "provider-moderated",
  "provider-loading",
  "provider-bad-request",
  "provider-server",
  "provider-network",
  "provider-certificate",
  "provider-interrupted",
  "provider-timed-out",
  "egress-refused",
  "reach-not-allowed",
  "reach-needs-consent",
  "review-declined",
  "budget-exceeded",
  "price-unknown",
  "rate-unknown",
  "settings-unreadable",
] as const;

export type ErrorCode = (typeof errorCodes)[number];
export const errorCode = z.enum(errorCodes);

/** Facts for the sentence (file name, limit, page …). Never a secret, never document text. */
export const errorFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type ErrorFacts = z.infer<typeof errorFacts>;

/** An expected failure, as it crosses processes. */
export const failure = z.strictObject({
  code: errorCode,
  facts: z.optional(errorFacts),
  /** Milliseconds after which trying again makes sense; absent when it does not. */
  retryAfter: z.number().nonnegative().optional(),
});
export type Failure = z.infer<typeof failure>;

/** What can happen and is not a bug: a closed code, facts for its sentence, the cause for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    options: { facts?: ErrorFacts | undefined; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.facts = options.facts;
    this.retryAfter = options.retryAfter;
  }

  toFailure(): Failure {
    return {
      code: this.code,
      ...(this.facts && { facts: this.facts }),
      ...(this.retryAfter !== undefined && { retryAfter: this.retryAfter }),
    };
  }
}

/** True for a cancel by AbortSignal or an AppError that says so: never logged, never shown as an error. */
export function isCancel(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "cancelled";
  return error instanceof DOMException && error.name === "AbortError";
}

/** Turns anything thrown into a Failure; what is not an AppError is a bug and becomes `internal`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof AppError) return error.toFailure();
  if (isCancel(error)) return { code: "cancelled" };
  return { code: "internal" };
}

/** Unreachable by type: a value that gets here is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
