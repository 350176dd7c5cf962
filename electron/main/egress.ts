import { makeGate, type GateContext, type GateFetch } from "../../core/safety/gate/gate.ts";
import { makeTransport, type Certificates } from "../../core/safety/gate/transport.ts";
import { always, type CloudStore } from "./cloud/cloud-store.ts";
import type { TestNetwork } from "./test-network.ts";

/** The one way out of the application, and its end. */
export interface Egress {
  fetch(context: GateContext): GateFetch;
  close(): Promise<void>;
}

export interface EgressOptions {
  /** Holds the ledger. */
  readonly store: CloudStore;
  /** Asked for every call with its origin. */
  readonly allows: (origin: string, context: GateContext) => boolean;
  readonly certificatesFor: (origin: string) => Certificates;
  /** Left out: the network as it is. */
  readonly testNetwork?: TestNetwork;
}

/** Milliseconds to the first byte, and between bytes; a model on slow hardware reads a long prompt first. */
const patience = 300_000;

/** The gate with its rows in the encrypted library: while that is locked, nothing can leave. */
export function makeEgress({ store, allows, certificatesFor, testNetwork = {} }: EgressOptions): Egress {
  const timeout = testNetwork.timeout ?? patience;
  const carrier = makeTransport({
    certificatesFor,
    firstByteTimeout: timeout,
    idleTimeout: timeout,
    connectTo: testNetwork.connectTo,
  });
  return {
    fetch: makeGate({
      transport: carrier.transport,
      // A row is ended even when the person cancelled the call that it stands for.
      ledger: {
        begin: (start) => store.request("ledger.begin", start, always),
        end: (id, end) => store.request("ledger.end", { id, end }, always),
      },
      allows,
      now: Date.now,
    }),
    close: () => carrier.close(),
  };
}
