/** What the Gemini fake does with one call; every field left out means: as a healthy server does. */
export interface GeminiScript {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Waits for `release()` before the head, or before the first chunk. */
  readonly holds?: "head" | "first-chunk";
  /** How many chunks of the healthy stream come; the rest never does. */
  readonly keeps?: number;
  /** Sent after the kept ones, as they stand. */
  readonly adds?: readonly string[];
  readonly ending?: "end" | "hang-up" | "hold";
  readonly finishReason?: string;
}

type Details = readonly Readonly<Record<string, unknown>>[];

/** An error body as Google words it. */
export const geminiError = (code: number, status: string, message: string, details: Details = []): string =>
  JSON.stringify({ error: { code, message, status, ...(details.length > 0 && { details }) } }, null, 2);

const refuse = (
  code: number,
  status: string,
  message: string,
  details: Details = [],
  headers: Readonly<Record<string, string>> = {},
): GeminiScript => ({
  status: code,
  headers: { "content-type": "application/json; charset=UTF-8", ...headers },
  body: geminiError(code, status, message, details),
});

const errorInfo = (reason: string) => ({
  "@type": "type.googleapis.com/google.rpc.ErrorInfo",
  reason,
  domain: "googleapis.com",
  metadata: { service: "generativelanguage.googleapis.com" },
});
const quotaFailure = (quotaId: string) => ({
  "@type": "type.googleapis.com/google.rpc.QuotaFailure",
  violations: [{ quotaMetric: "generativelanguage.googleapis.com/generate_requests", quotaId }],
});
const retryInfo = (retryDelay: string) => ({
  "@type": "type.googleapis.com/google.rpc.RetryInfo",
  retryDelay,
});
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const exhausted = "You exceeded your current quota, please check your plan and billing details.";
/** Chunks that hold the beginning of a reply that does not show its thoughts. */
const beginning = 3;

/** The ways a call to Gemini goes wrong, by name. */
export const geminiFailures = {
  "wrong-key": refuse(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", [
    errorInfo("API_KEY_INVALID"),
  ]),
  unauthenticated: refuse(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
  "no-permission": refuse(403, "PERMISSION_DENIED", "Permission denied on resource project."),
  "wrong-country": refuse(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
  "unknown-model": refuse(404, "NOT_FOUND", "models/x is not found for API version v1beta."),
  "bad-field": refuse(400, "INVALID_ARGUMENT", 'Invalid JSON payload received. Unknown name "x".'),
  "rate-limited": refuse(429, "RESOURCE_EXHAUSTED", exhausted),
  "rate-limited-with-delay": refuse(429, "RESOURCE_EXHAUSTED", exhausted, [
    quotaFailure("GenerateRequestsPerMinutePerProjectPerModel"),
    retryInfo("37s"),
  ]),
  "rate-limited-with-short-delay": refuse(429, "RESOURCE_EXHAUSTED", exhausted, [retryInfo("0.25s")]),
  "rate-limited-with-header": refuse(429, "RESOURCE_EXHAUSTED", exhausted, [], { "retry-after": "3" }),
  "day-quota-gone": refuse(429, "RESOURCE_EXHAUSTED", exhausted, [
    quotaFailure("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
    retryInfo("37s"),
  ]),
  "context-overflow": refuse(
    400,
    "INVALID_ARGUMENT",
    "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
  ),
  "server-error": refuse(500, "INTERNAL", "An internal error has occurred."),
  overloaded: refuse(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
  deadline: refuse(504, "DEADLINE_EXCEEDED", "The request timed out."),
  "array-error": {
    status: 500,
    headers: { "content-type": "application/json" },
    body: `[${geminiError(500, "INTERNAL", "An internal error has occurred.")}]`,
  },
  "empty-error": { status: 500, body: "" },
  "proxy-error": {
    status: 502,
    headers: { "content-type": "text/html" },
    body: "<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>",
  },
  "moderated-input": {
    keeps: 0,
    adds: [
      event({
        promptFeedback: { blockReason: "PROHIBITED_CONTENT" },
        usageMetadata: { promptTokenCount: 7, totalTokenCount: 7 },
      }),
    ],
  },
  "moderated-output": {
    keeps: 0,
    adds: [
      event({
        candidates: [
          {
            index: 0,
            finishReason: "SAFETY",
            safetyRatings: [{ category: "HARM_CATEGORY_HARASSMENT", probability: "HIGH", blocked: true }],
          },
        ],
        usageMetadata: { promptTokenCount: 20, totalTokenCount: 20 },
      }),
    ],
  },
  "moderated-after-text": { finishReason: "SAFETY" },
  "recitation-after-text": { finishReason: "RECITATION" },
  "malformed-call": { finishReason: "MALFORMED_FUNCTION_CALL" },
  "bare-error-in-stream": {
    keeps: 0,
    adds: [geminiError(500, "INTERNAL", "An internal error has occurred.")],
  },
  "bare-error-after-text": {
    keeps: beginning,
    adds: [geminiError(503, "UNAVAILABLE", "The service is currently unavailable.")],
  },
  "error-event-in-stream": {
    keeps: 0,
    adds: [event({ error: { code: 429, status: "RESOURCE_EXHAUSTED", details: [retryInfo("37s")] } })],
  },
  "unreadable-event": { keeps: 1, adds: ["data: {not json\n\n"] },
  "cut-before-text": { keeps: 0, ending: "hang-up" },
  "cut-after-text": { keeps: beginning, ending: "hang-up" },
  "ends-after-text": { keeps: beginning },
  "stall-before-head": { holds: "head" },
  "slow-first-token": { holds: "first-chunk" },
  "stall-after-text": { keeps: beginning, ending: "hold" },
  redirect: { status: 307, headers: { location: "https://elsewhere.invalid/v1beta" }, body: "" },
} as const satisfies Record<string, GeminiScript>;

export type GeminiFailure = keyof typeof geminiFailures;
