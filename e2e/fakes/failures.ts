import { errorEvent, event, type FakeAnswer } from "./chat-events.ts";
import type { FakeError, FakeKind, KindRow } from "./kinds.ts";

/** Written in one piece with what it follows: a client that hangs up at the error has then read it, every time. */
const done = "data: [DONE]\n\n";

/** What the fake does with one call; every field left out means: as a healthy server does. */
export interface Scripted {
  /** Answers so, instead of a stream. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Waits for `release()` before the head, or before the first event. */
  readonly holds?: "head" | "first-event";
  /** How many events of the healthy stream come; the rest never does. */
  readonly keeps?: number;
  /** Sent after the kept ones, as they stand. */
  readonly adds?: readonly string[];
  /** `hold`: the connection stays open and silent until `release()` or the other side leaves. */
  readonly ending?: "end" | "hang-up" | "hold";
  readonly answer?: Partial<FakeAnswer>;
}

type Script = (kind: FakeKind, row: KindRow) => Scripted;

const json = { "content-type": "application/json" };
const refuse =
  (error: FakeError, headers: Readonly<Record<string, string>> = {}): Script =>
  (_kind, row) => ({ status: error.status, headers: { ...json, ...headers }, body: row.errorBody(error) });

/** Events that hold the beginning of a reply: the first delta and three pieces. */
const beginning = 4;
const broken: FakeError = {
  status: 500,
  code: "internal_error",
  type: "InternalServerError",
  message: "The engine stopped.",
};
const tooMany = (code: string, message: string): FakeError => ({ status: 429, code, type: code, message });
const noMoney = (status: number, code: string, message: string): Script =>
  refuse({ status, code, type: code, message });

/** The ways a call goes wrong, by name; each kind words them as its server does. */
export const failures = {
  "wrong-key": (_kind, row) => ({ status: 401, headers: json, body: row.wrongKey }),
  "no-permission": refuse({
    status: 403,
    code: "access_denied",
    type: "access_denied",
    message: "Access denied.",
  }),
  "unknown-model": refuse({
    status: 404,
    code: "model_not_found",
    type: "NotFoundError",
    message: "The model `x` does not exist.",
  }),
  "rate-limited": refuse(tooMany("limit_requests", "You have exceeded your request limit.")),
  "rate-limited-with-delay": refuse(tooMany("limit_requests", "You have exceeded your request limit."), {
    "retry-after": "2",
  }),
  "burst-limited": refuse(tooMany("limit_burst_rate", "Request rate increased too quickly.")),
  "tokens-limited": refuse(
    tooMany(
      "insufficient_quota",
      "You exceeded your current quota, please check your plan and billing details.",
    ),
  ),
  "free-quota-gone": refuse(tooMany("insufficient_quota", "Free allocated quota exceeded.")),
  "free-tier-only": noMoney(
    403,
    "AllocationQuota.FreeTierOnly",
    "The free tier of the model has been exhausted.",
  ),
  arrearage: noMoney(400, "Arrearage", "Access denied, please make sure your account is in good standing."),
  overdue: noMoney(429, "PrepaidBillOverdue", "The prepaid bill is overdue."),
  "moderated-input": refuse({
    status: 400,
    code: "data_inspection_failed",
    type: "data_inspection_failed",
    message: "Input data may contain inappropriate content. For details, see: the documentation",
  }),
  "moderated-output": () => ({
    keeps: beginning,
    adds: [
      event({
        code: "DataInspectionFailed",
        message: "Output data may contain inappropriate content.",
        request_id: "a1b2c3",
      }),
    ],
    ending: "end",
  }),
  "content-filter": () => ({ answer: { finish: "content_filter" } }),
  "context-overflow": (kind, row) => overflow(kind, row, 9412, 8192),
  loading: (kind, row) => ({
    status: 503,
    headers: json,
    body: row.errorBody(
      kind === "dashscope"
        ? {
            status: 503,
            code: "ModelUnavailable",
            type: "ModelUnavailable",
            message: "Model is unavailable.",
          }
        : { status: 503, code: "503", type: "unavailable_error", message: "Loading model" },
    ),
  }),
  "server-error": refuse(broken),
  "empty-error": () => ({ status: 500, body: "" }),
  "proxy-error": () => ({
    status: 502,
    headers: { "content-type": "text/html" },
    body: "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
  }),
  "array-error": (_kind, row) => ({ status: 500, headers: json, body: `[${row.errorBody(broken)}]` }),
  "error-in-stream": (kind, row) => ({
    keeps: 0,
    adds: [`${errorEvent(kind, row, broken)}${done}`],
    ending: "end",
  }),
  "error-after-text": (kind, row) => ({
    keeps: beginning,
    adds: [`${errorEvent(kind, row, broken)}${done}`],
    ending: "end",
  }),
  "flat-error-in-stream": () => ({
    keeps: 1,
    adds: [
      event({ code: "InternalError.Algo", message: "An internal error has occurred.", request_id: "a1" }),
    ],
    ending: "end",
  }),
  "string-error-in-stream": () => ({ keeps: 1, adds: [event({ error: "engine died" })], ending: "end" }),
  "named-error-event": () => ({
    keeps: 1,
    adds: [`event: error\ndata: {"code":500,"message":"engine died"}\n\n`],
    ending: "end",
  }),
  "bare-error-in-stream": () => ({
    keeps: 1,
    adds: ['{"error":{"message":"engine died","code":500}}\n'],
    ending: "end",
  }),
  /** A gateway writes its own event text into the answer. */
  "error-finish": () => ({
    keeps: 1,
    adds: [
      event({
        choices: [
          {
            index: 0,
            delta: {
              content:
                'id:1\nevent:error\n:HTTP_STATUS/429\ndata:{"code":"Throttling.AllocationQuota","message":"Allocated quota exceeded, please increase your quota limit.","request_id":"a1"}',
            },
            finish_reason: "error_finish",
          },
        ],
      }),
    ],
    ending: "end",
  }),
  aborted: () => ({
    keeps: beginning,
    adds: [`${event({ choices: [{ index: 0, delta: {}, finish_reason: "abort" }] })}${done}`],
    ending: "end",
  }),
  "unreadable-event": () => ({ keeps: 1, adds: ["data: {not json\n\n"], ending: "end" }),
  "cut-before-text": () => ({ keeps: 0, ending: "hang-up" }),
  "cut-after-text": () => ({ keeps: beginning, ending: "hang-up" }),
  "ends-before-text": () => ({ keeps: 1, ending: "end" }),
  "ends-after-text": () => ({ keeps: beginning, ending: "end" }),
  "stall-before-head": () => ({ holds: "head" }),
  "slow-first-token": () => ({ holds: "first-event" }),
  "stall-after-text": () => ({ keeps: beginning, ending: "hold" }),
  redirect: () => ({
    status: 307,
    headers: { location: "https://elsewhere.invalid/v1/chat/completions" },
    body: "",
  }),
} as const satisfies Record<string, Script>;

export type FailureName = keyof typeof failures;

/** How a kind refuses a prompt longer than its window. */
export function overflow(kind: FakeKind, row: KindRow, tokens: number, limit: number): Scripted {
  // Seen on the real server: it has said 200 before it counts, and then says nothing at all.
  if (kind === "llama-cpp-python") return { keeps: 0, ending: "end" };
  const error = ((): FakeError => {
    switch (kind) {
      case "dashscope":
        return {
          status: 400,
          code: "invalid_parameter_error",
          type: "invalid_request_error",
          message: `Range of input length should be [1, ${limit}]`,
        };
      case "llama-cpp":
        return {
          status: 400,
          code: "400",
          type: "exceed_context_size_error",
          message: `request (${tokens} tokens) exceeds the available context size (${limit} tokens), try increasing it`,
          more: { n_prompt_tokens: tokens, n_ctx: limit },
        };
      case "sglang":
        return {
          status: 400,
          code: "400",
          type: "BadRequestError",
          message: `The input (${tokens} tokens) is longer than the model's context length (${limit} tokens).`,
        };
      default:
        return {
          status: 400,
          code: "400",
          type: "BadRequestError",
          message: `This model's maximum context length is ${limit} tokens. However, you requested ${tokens} tokens.`,
        };
    }
  })();
  return { status: 400, headers: json, body: row.errorBody(error) };
}
