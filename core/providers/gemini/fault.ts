import { AppError, type ErrorCode } from "../../contract/errors.ts";

interface Status {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
}
interface Detail {
  readonly "@type"?: unknown;
  readonly reason?: unknown;
  readonly retryDelay?: unknown;
  readonly violations?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The closed code for a reply that is not 200: its body may be an object, an array around one, HTML or nothing. */
export function replyFault(status: number, body: string, retryAfter: number | undefined): AppError {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body);
  } catch {
    // HTML of a proxy, or nothing: the status speaks.
  }
  return faultOf(errorIn(parsed) ?? {}, status, retryAfter);
}

/** The error that a parsed body or stream element names; null: it names none. */
export function errorIn(value: unknown): Status | null {
  const outer: unknown = Array.isArray(value) ? value[0] : value;
  if (!isObject(outer)) return null;
  const { error } = outer;
  if (typeof error === "string" && error !== "") return { message: error };
  return isObject(error) ? error : null;
}

/** The closed code for an error as Google words it (`google.rpc.Status`). */
export function faultOf(error: Status, httpStatus: number | null, retryAfter?: number): AppError {
  const named = typeof error.code === "number" ? error.code : Number(error.code ?? Number.NaN);
  const status = httpStatus ?? (Number.isInteger(named) ? named : 500);
  const name = text(error.status);
  const details = (Array.isArray(error.details) ? error.details : []).filter(isObject) as Detail[];
  const reason = details.map((detail) => text(detail.reason)).find((word) => word !== "") ?? "";
  const delay = retryDelayOf(details) ?? retryAfter;
  const make = (code: ErrorCode, facts: Record<string, string | number> = {}, wait?: number) =>
    new AppError(code, {
      facts: {
        status,
        ...((reason || name) !== "" && { code: (reason || name).slice(0, 80) }),
        ...facts,
      },
      retryAfter: wait,
    });

  if (status === 401 || reason.startsWith("API_KEY_INVALID") || reason === "API_KEY_EXPIRED")
    return make("provider-auth");
  if (status === 403) return make("provider-permission");
  if (status === 402 || name === "FAILED_PRECONDITION") return make("provider-billing");
  if (status === 429) {
    const quota = dailyQuotaOf(details);
    return quota === null
      ? make("provider-rate-limited", {}, delay)
      : make("provider-billing", { quota: quota.slice(0, 120) });
  }
  if (status === 408 || status === 504) return make("provider-timed-out", {}, delay);
  if (status === 503) return make("provider-loading", {}, delay);
  if (status >= 500) return make("provider-server", {}, delay);
  const limit = overflowLimit(text(error.message));
  if (limit !== null) return new AppError("provider-context-overflow", { facts: limit });
  return make("provider-bad-request");
}

/** Google has no code for a prompt that is too long; its sentence names the two counts. */
function overflowLimit(message: string): Record<string, number> | null {
  if (!/token count|number of tokens|too many tokens/i.test(message)) return null;
  const limit = Number(/(?:allowed|maximum|limit)[^\d]{0,40}(\d+)/i.exec(message)?.[1] ?? Number.NaN);
  return Number.isNaN(limit) ? {} : { maxInputTokens: limit };
}

/** Milliseconds of `RetryInfo.retryDelay`, a protobuf duration such as "37s" or "0.5s". */
function retryDelayOf(details: readonly Detail[]): number | undefined {
  for (const { retryDelay } of details) {
    const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text(retryDelay))?.[1];
    if (seconds !== undefined) return Math.round(Number(seconds) * 1000);
  }
  return undefined;
}

/** A quota by the day is gone for the day: waiting does not help. */
function dailyQuotaOf(details: readonly Detail[]): string | null {
  for (const { violations } of details)
    for (const violation of Array.isArray(violations) ? violations : []) {
      const id = isObject(violation) ? text(violation["quotaId"]) : "";
      if (/PerDay/i.test(id)) return id;
    }
  return null;
}
