import type { Transport } from "./gate.ts";

/** Certificates for one origin, as PEM texts. */
export interface Certificates {
  /** Trusted beside the system's. */
  readonly authority?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
}

/** Another place for a host's connections; null: where the host itself is. */
export type ConnectTo = (hostname: string) => { readonly hostname: string; readonly port: string } | null;

export interface TransportOptions {
  readonly certificatesFor: (origin: string) => Certificates;
  /** Milliseconds to the first byte, and between bytes. */
  readonly firstByteTimeout: number;
  readonly idleTimeout: number;
  /** For tests: a fake stands in for a host. Its certificate must still name that host. */
  readonly connectTo?: ConnectTo | undefined;
}

export interface ClosableTransport {
  readonly transport: Transport;
  close(): Promise<void>;
}

/**
 * Carries requests over `connections.ts`, which is read with the first of them: its HTTP client is a third of what
 * main would read at its start, and whoever works on this device only never makes a call.
 */
export function makeTransport(options: TransportOptions): ClosableTransport {
  let opening: Promise<ClosableTransport> | null = null;
  const open = (): Promise<ClosableTransport> =>
    (opening ??= import("./connections.ts").then(({ makeConnections }) => makeConnections(options)));
  return {
    transport: async (address, request, signal) => (await open()).transport(address, request, signal),
    async close() {
      await (await opening)?.close();
    },
  };
}
