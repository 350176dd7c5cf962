import { isLoopback } from "../../core/contract/address-reach.ts";
import type { ConnectTo } from "../../core/safety/gate/transport.ts";

/** What a test changes about the network; a package changes nothing. */
export interface TestNetwork {
  /** Where connections to a host really go. Certificates are still checked against the host's own name. */
  readonly connectTo?: ConnectTo;
  /** Milliseconds to the first byte, and between bytes. */
  readonly timeout?: number;
}

/**
 * Reads QWILL_TEST_HOSTS ("host=127.0.0.1:port", by spaces) and QWILL_TEST_TIMEOUT. With the first a fake server
 * stands in for a vendor's own host, and nothing but a server on this machine can.
 */
export function readTestNetwork(environment: NodeJS.ProcessEnv): TestNetwork {
  const places = new Map<string, { hostname: string; port: string }>();
  for (const word of (environment["QWILL_TEST_HOSTS"] ?? "").split(" ")) {
    const [host, place] = word.split("=");
    if (host === undefined || place === undefined) continue;
    const { hostname, port } = new URL(`https://${place}`);
    if (!isLoopback(hostname)) throw new Error(`a test server is on loopback, not at ${hostname}`);
    places.set(host, { hostname, port });
  }
  const timeout = Number(environment["QWILL_TEST_TIMEOUT"] ?? 0);
  return {
    ...(places.size > 0 && { connectTo: (host: string) => places.get(host) ?? null }),
    ...(timeout > 0 && { timeout }),
  };
}
