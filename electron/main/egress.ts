import { makeGate, type GateContext, type GateFetch } from "../../core/safety/gate/gate.ts";
import { makeTransport } from "../../core/safety/gate/transport.ts";
import type { Library } from "./library.ts";

/** The one way out of the application, and its end. */
export interface Egress {
  fetch(context: GateContext): GateFetch;
  close(): Promise<void>;
}

export interface EgressOptions {
  readonly library: Library;
  /** Asked for every call with its origin. */
  readonly allows: (origin: string, context: GateContext) => boolean;
}

/** Milliseconds to the first byte, and between bytes. */
const timeouts = { firstByteTimeout: 60_000, idleTimeout: 60_000 };

/** The gate with its rows in the encrypted library: while that is locked, nothing can leave. */
export function makeEgress({ library, allows }: EgressOptions): Egress {
  const { transport, close } = makeTransport({ certificatesFor: () => ({}), ...timeouts });
  // A row is ended even when the person cancelled the call that it stands for.
  const always = new AbortController().signal;
  return {
    fetch: makeGate({
      transport,
      ledger: {
        begin: (start) => library.request("ledger.begin", start, always),
        end: async (id, end) => library.request("ledger.end", { id, end }, always),
      },
      allows,
      now: Date.now,
    }),
    close,
  };
}
