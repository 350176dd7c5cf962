import tls from "node:tls";
import { Agent, buildConnector, request as send, type Dispatcher } from "undici";
import type { GateReply } from "./gate.ts";
import { unansweredFailure } from "./network-failure.ts";
import type { ClosableTransport, TransportOptions } from "./transport.ts";

/**
 * The only place that opens a connection. TLS 1.2 or newer with the system's and the given
 * authorities; certificates are always checked; no redirect is followed; a body is never compressed,
 * so that the bytes counted are the bytes that the other side counted.
 */
export function makeConnections(options: TransportOptions): ClosableTransport {
  const agents = new Map<string, { key: string; agent: Agent }>();

  const agentFor = (origin: string): Dispatcher => {
    const certificates = options.certificatesFor(origin);
    const key = JSON.stringify(certificates);
    const known = agents.get(origin);
    if (known?.key === key) return known.agent;
    void known?.agent.close();
    const agent = new Agent({
      headersTimeout: options.firstByteTimeout,
      bodyTimeout: options.idleTimeout,
      connect: connectorFor({
        minVersion: "TLSv1.2",
        rejectUnauthorized: true,
        ca: [
          ...systemAuthorities(),
          ...(certificates.authority === undefined ? [] : [certificates.authority]),
        ],
        ...(certificates.clientCertificate !== undefined && { cert: certificates.clientCertificate }),
        ...(certificates.clientKey !== undefined && { key: certificates.clientKey }),
        timeout: 15_000,
      }),
    });
    agents.set(origin, { key, agent });
    return agent;
  };

  function connectorFor(connect: buildConnector.BuildOptions): buildConnector.connector {
    const connector = buildConnector(connect);
    return (target, callback) => {
      const place = options.connectTo?.(target.hostname) ?? null;
      if (place === null) return connector(target, callback);
      return connector({ ...target, ...place, host: target.hostname, servername: target.hostname }, callback);
    };
  }

  return {
    transport: async (address, request, signal): Promise<GateReply> => {
      const { origin, protocol } = new URL(address);
      const isAnonymous =
        protocol === "https:" && options.certificatesFor(origin).clientCertificate === undefined;
      const reply = await send(address, {
        method: request.method,
        headers: { ...request.headers, "accept-encoding": "identity" },
        body: request.body === undefined || request.body.length === 0 ? null : request.body,
        signal,
        dispatcher: agentFor(origin),
      }).catch((error: unknown) => {
        throw isAnonymous && !signal.aborted ? unansweredFailure(error) : error;
      });
      return { status: reply.statusCode, headers: toHeaders(reply.headers), body: bodyOf(reply.body) };
    },
    async close() {
      await Promise.all([...agents.values()].map(({ agent }) => agent.destroy()));
      agents.clear();
    },
  };
}

/** The bytes as they come. Leaving them hangs up, also where none was asked for, which a stream by itself does not. */
function bodyOf(stream: Dispatcher.ResponseData["body"]): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const bytes: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
      return {
        next: () => bytes.next(),
        return: async () => {
          await bytes.return?.();
          // Whoever left is told of no failure any more.
          if (!stream.destroyed) stream.on("error", () => undefined).destroy();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** The system's authorities where this Node can list them, beside those that Node carries. */
function systemAuthorities(): readonly string[] {
  const list = (tls as { getCACertificates?: (kind: "default" | "system") => string[] }).getCACertificates;
  if (list === undefined) return tls.rootCertificates;
  return [...new Set([...tls.rootCertificates, ...list("default"), ...list("system")])];
}

function toHeaders(headers: Record<string, string | string[] | undefined>): Map<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value);
  }
  return map;
}
