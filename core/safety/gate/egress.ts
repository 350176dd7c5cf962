import { makeSeals, type Seals } from "../envelope/seals.ts";
import { makeGate, type GateContext, type GateFetch, type LedgerWriter } from "./gate.ts";
import { makeTransport, type Certificates, type ConnectTo } from "./transport.ts";

/** The one way out of the application, what may take it, and its end. */
export interface Egress {
  gate(context: GateContext): GateFetch;
  /** For the envelope alone. */
  readonly seals: Seals;
  close(): Promise<void>;
}

export interface EgressOptions {
  readonly ledger: LedgerWriter;
  /** Asked for every call with its origin. */
  readonly allows: (origin: string, context: GateContext) => boolean;
  readonly certificatesFor: (origin: string) => Certificates;
  /** Left out: the network as it is. */
  readonly testNetwork?: {
    readonly connectTo?: ConnectTo;
    /** Milliseconds to the first byte, and between bytes. */
    readonly timeout?: number;
  };
}

/** Milliseconds to the first byte, and between bytes; a model on slow hardware reads a long prompt first. */
const patience = 300_000;

/** The gate with its rows in the encrypted library: while that is locked, nothing can leave. */
export function makeEgress({ ledger, allows, certificatesFor, testNetwork = {} }: EgressOptions): Egress {
  const timeout = testNetwork.timeout ?? patience;
  const carrier = makeTransport({
    certificatesFor,
    firstByteTimeout: timeout,
    idleTimeout: timeout,
    connectTo: testNetwork.connectTo,
  });
  const seals = makeSeals();
  return {
    gate: makeGate({ transport: carrier.transport, ledger, allows, seals, now: Date.now }),
    seals,
    close: () => carrier.close(),
  };
}
