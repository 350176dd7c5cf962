import { AppError, isCancel } from "../../contract/errors.ts";
import type { LedgerPurpose, LedgerRow } from "../../contract/ledger.ts";
import type { Tier } from "../../contract/tiers.ts";
import type { Seals } from "../envelope/seals.ts";
import { networkFailure } from "./network-failure.ts";
import { originOf } from "./origin.ts";

/** What every call is made for; stands in its ledger row. */
export interface GateContext {
  readonly requestId: string;
  readonly purpose: LedgerPurpose;
  readonly tier: Tier | null;
}

export interface GateRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes as they go out; a string goes as UTF-8. */
  readonly body?: string | Uint8Array;
}

export interface GateReply {
  readonly status: number;
  /** Lower-cased names. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body as it arrives. Leaving it hangs up, read or not. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** One call out, with its row in the ledger; providers are handed it by the envelope. */
export type GateFetch = (address: string, request: GateRequest, signal: AbortSignal) => Promise<GateReply>;

/** Carries one request over a connection; the only implementation stands in transport.ts. */
export type Transport = (address: string, request: GateRequest, signal: AbortSignal) => Promise<GateReply>;

export type LedgerStart = Pick<
  LedgerRow,
  "requestId" | "time" | "origin" | "method" | "path" | "purpose" | "tier" | "bytesSent"
> & {
  readonly payload: Uint8Array;
};
export type LedgerEnd = Pick<LedgerRow, "bytesReceived" | "outcome" | "status" | "milliseconds">;

/** Keeps the rows. `begin` resolves once the row is durable: nothing is sent before. */
export interface LedgerWriter {
  begin(start: LedgerStart): Promise<number>;
  end(id: number, end: LedgerEnd): Promise<void>;
}

export interface GateOptions {
  readonly transport: Transport;
  readonly ledger: LedgerWriter;
  /** Asked for every call with its origin: settings and policy decide. */
  readonly allows: (origin: string, context: GateContext) => boolean;
  /** What was decided, masked and reviewed, by the hash of its bytes. */
  readonly seals: Pick<Seals, "has">;
  readonly now: () => number;
}

/** The one way out. Refuses what the settings do not name or nobody sealed, writes the row, then sends, then counts. */
export function makeGate(options: GateOptions): (context: GateContext) => GateFetch {
  return (context) => async (address, given, signal) => {
    signal.throwIfAborted();
    const origin = originOf(address);
    // A copy: what is looked at here is what is sent, whatever becomes of the caller's objects meanwhile.
    const payload = toBytes(given.body);
    const request = { method: given.method, headers: { ...given.headers }, body: payload };
    const startedAt = options.now();
    const start: LedgerStart = {
      requestId: context.requestId,
      time: startedAt,
      origin,
      method: request.method,
      path: new URL(address).pathname,
      purpose: context.purpose,
      tier: context.tier,
      bytesSent: payload.byteLength,
      payload,
    };
    const elapsed = () => Math.max(0, options.now() - startedAt);
    const isAllowed = options.allows(origin, context);
    if (!isAllowed || !options.seals.has(context.requestId, { address, ...request })) {
      const id = await options.ledger.begin({ ...start, bytesSent: 0 });
      await options.ledger.end(id, {
        bytesReceived: 0,
        outcome: "refused",
        status: null,
        milliseconds: elapsed(),
      });
      throw new AppError("egress-refused", {
        facts: { reason: isAllowed ? "not-sealed" : "origin", host: new URL(origin).host },
      });
    }
    const id = await options.ledger.begin(start);
    let received = 0;
    let ended = false;
    const end = async (outcome: LedgerEnd["outcome"], status: number | null) => {
      if (ended) return;
      ended = true;
      await options.ledger.end(id, { bytesReceived: received, outcome, status, milliseconds: elapsed() });
    };
    let reply: GateReply;
    try {
      reply = await options.transport(address, request, signal);
      // A model hub hands its files out by redirect; the caller asks again, so each hop has its row and its rule.
      if (context.purpose !== "model-download") await refuseRedirect(reply, origin);
    } catch (error) {
      await end(signal.aborted || isCancel(error) ? "cancelled" : "failed", null);
      throw signal.aborted ? signal.reason : networkFailure(error);
    }
    return { ...reply, body: counted(reply, (bytes) => (received += bytes), end, signal) };
  };
}

/** Passes the body on, counting; the row ends however the reading ends, also before it began. */
function counted(
  reply: GateReply,
  count: (bytes: number) => void,
  end: (outcome: LedgerEnd["outcome"], status: number) => Promise<void>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const { status } = reply;
  const unread = status < 300 ? "cancelled" : status < 400 ? "completed" : "failed";
  return {
    [Symbol.asyncIterator]() {
      const bytes = reading(reply, count, end, signal);
      let isBegun = false;
      return {
        next: () => {
          isBegun = true;
          return bytes.next();
        },
        return: async () => {
          // A generator that was asked for nothing yet does nothing when it is left.
          if (!isBegun) await Promise.all([hangUp(reply), end(unread, status)]);
          return bytes.return(undefined);
        },
      };
    },
  };
}

async function* reading(
  reply: GateReply,
  count: (bytes: number) => void,
  end: (outcome: LedgerEnd["outcome"], status: number) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  let outcome: LedgerEnd["outcome"] = "cancelled";
  try {
    for await (const chunk of reply.body) {
      count(chunk.byteLength);
      yield chunk;
    }
    outcome = reply.status < 400 ? "completed" : "failed";
  } catch (error) {
    outcome = signal.aborted || isCancel(error) ? "cancelled" : "failed";
    throw signal.aborted ? signal.reason : networkFailure(error);
  } finally {
    await end(outcome, reply.status);
  }
  return undefined;
}

/** Nobody reads the body: the connection is given back. */
async function hangUp({ body }: GateReply): Promise<void> {
  await body[Symbol.asyncIterator]().return?.();
}

/** A key or document must not follow to another address; the person changes the address instead. */
async function refuseRedirect(reply: GateReply, origin: string): Promise<void> {
  if (reply.status < 300 || reply.status > 399) return;
  await hangUp(reply);
  const target = reply.headers.get("location");
  throw new AppError("egress-refused", {
    facts: { reason: "redirect", ...(target !== undefined && { host: hostOf(target, origin) }) },
  });
}

function hostOf(target: string, origin: string): string {
  return URL.canParse(target, origin) ? new URL(target, origin).host : "?";
}

function toBytes(body: string | Uint8Array | undefined): Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  return typeof body === "string" ? new TextEncoder().encode(body) : body.slice();
}
