import { AppError } from "../../contract/errors.ts";

/** What a server said went wrong, whatever shape it said it in. */
export interface Fault {
  /** HTTP status; inside a 200 stream the status it names, else null. */
  readonly status: number | null;
  /** The server's own code and type, "" where there is none. */
  readonly code: string;
  readonly type: string;
  readonly message: string;
  /** Other numbers of the body, such as `n_ctx`. */
  readonly numbers: Readonly<Record<string, number>>;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/**
 * Reads an error body: an `error` object or string, a flat `{code, message}` or `{object: "error"}`, a
 * `{detail}`, an array around one of these, HTML of a proxy, or nothing at all.
 */
export function readFault(status: number | null, body: string): Fault {
  const parsed = parse(body);
  if (parsed === null) return { status, code: "", type: "", message: "", numbers: {} };
  return faultOf(status, parsed);
}

/** The fault that a parsed body or stream event names; see `isFault` for which events do. */
export function faultOf(status: number | null, value: unknown): Fault {
  const outer = Array.isArray(value) ? value[0] : value;
  if (!isObject(outer)) return { status, code: "", type: "", message: text(outer), numbers: {} };
  const inner = isObject(outer["error"]) ? outer["error"] : outer;
  const message = text(inner["message"]) || text(outer["error"]) || text(inner["detail"]);
  const nested = parse(message);
  if (nested !== null && isObject(nested) && isFault(nested)) return faultOf(status, nested);
  const code = text(inner["code"]);
  const numeric = Number(code);
  return {
    status: status ?? (numeric >= 400 && numeric < 600 ? numeric : null),
    code,
    type: text(inner["type"]),
    message,
    numbers: Object.fromEntries(
      Object.entries(inner).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    ),
  };
}

/** Whether an event of a stream is an error: wrapped, a string, flat, or `object: "error"`. */
export function isFault(value: unknown): boolean {
  if (!isObject(value)) return false;
  const error = value["error"];
  if (isObject(error) || (typeof error === "string" && error !== "")) return true;
  if (value["object"] === "error") return true;
  return value["choices"] === undefined && text(value["code"]) !== "" && value["message"] !== undefined;
}

/** Vendor codes that say more than the status does; null: let the status speak. */
export type Classify = (fault: Fault) => AppError | null;

/** The closed code for a fault, with the delay that the server asked for. */
export function toAppError(fault: Fault, retryAfter: number | undefined, classify: Classify): AppError {
  const known = classify(fault) ?? overflowOf(fault);
  if (known !== null) {
    if (known.retryAfter !== undefined || retryAfter === undefined) return known;
    return new AppError(known.code, { facts: known.facts, retryAfter });
  }
  const facts = {
    ...(fault.status !== null && { status: fault.status }),
    // A server's code is a word; what is none could be anything, a document's text or a key.
    ...(/^[\w.-]{1,60}$/.test(fault.code) && !looksSecret(fault.code) && { code: fault.code }),
  };
  const make = (code: AppError["code"]) => new AppError(code, { facts, retryAfter });
  const status = fault.status ?? 500;
  if (status === 401) return make("provider-auth");
  if (status === 403) return make("provider-permission");
  if (status === 402) return make("provider-billing");
  if (status === 408) return make("provider-timed-out");
  if (status === 429) return make("provider-rate-limited");
  if (status === 503 && fault.type === "unavailable_error") return make("provider-loading");
  if (status >= 500) return make("provider-server");
  if (status === 404)
    return new AppError("provider-bad-request", {
      facts: { ...facts, reason: isAboutModel(fault) ? "model" : "address" },
    });
  return make("provider-bad-request");
}

const looksSecret = (word: string): boolean => /^(sk-|AIza)/.test(word);

/** A 404 for a model comes with words about it; one for a wrong path is the framework's or a proxy's. */
const isAboutModel = (fault: Fault): boolean =>
  /model/i.test(`${fault.code} ${fault.type} ${fault.message}`) || fault.type === "NotFoundError";

/**
 * The server's word for a prompt longer than its window, with the window where it names it. vLLM, SGLang
 * and hosted Qwen have no code for it: only here is a message read.
 */
function overflowOf(fault: Fault): AppError | null {
  const limit =
    fault.numbers["n_ctx"] ??
    Number(
      /context length (?:is|of|\() ?(?:only )?(\d+)|input length should be \[1, ?(\d+)\]/i
        .exec(fault.message)
        ?.slice(1)
        .find(Boolean) ?? Number.NaN,
    );
  const isNamed = fault.type === "exceed_context_size_error" || fault.code === "context_length_exceeded";
  if (!isNamed && Number.isNaN(limit)) return null;
  return new AppError("provider-context-overflow", {
    facts: Number.isNaN(limit) ? {} : { maxInputTokens: limit },
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null; // HTML of a proxy, a sentence, or nothing
  }
}
