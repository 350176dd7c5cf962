import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** What the other side of a call saw. Bytes are those of the bodies, as the ledger counts them. */
export interface Counts {
  connections: number;
  requests: number;
  requestBytes: number;
  responseBytes: number;
  /** Replies begun and not yet closed by either side. */
  openStreams: number;
}

export interface SeenRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly requestBytes: number;
  /** Grows while the reply is written. */
  responseBytes: number;
}

/** The reply under way; every byte written through it is counted. */
export interface FakeReply {
  readonly request: SeenRequest;
  /** Aborted when the other side hangs up. */
  readonly signal: AbortSignal;
  head(status: number, headers?: Readonly<Record<string, string>>): void;
  /** Resolves when the bytes have gone to the socket, so that the next write is a packet of its own. */
  write(bytes: string | Uint8Array): Promise<void>;
  end(): Promise<void>;
  /** Cuts the connection without an end. */
  hangUp(): void;
}

export interface FakeServer {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly counts: Counts;
  /** Every request, oldest first. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** PEM texts of a server that speaks TLS; with `clientAuthority` it asks for a client certificate of it. */
export interface FakeTls {
  readonly certificate: string;
  readonly key: string;
  readonly clientAuthority?: string;
}

export interface HttpFakeOptions {
  readonly answer: (request: SeenRequest, reply: FakeReply) => Promise<void>;
  readonly tls?: FakeTls | undefined;
  /** Left out: any free port. */
  readonly port?: number | undefined;
}

/** Starts a server on loopback that counts what comes and goes. */
export async function startHttpFake(options: HttpFakeOptions): Promise<FakeServer> {
  const counts: Counts = { connections: 0, requests: 0, requestBytes: 0, responseBytes: 0, openStreams: 0 };
  const requests: SeenRequest[] = [];
  const problems: unknown[] = [];
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    serve(incoming, response, options.answer, counts, requests).catch((error: unknown) => {
      problems.push(error);
      response.destroy();
    });
  };
  const server: Server =
    options.tls === undefined
      ? createPlain(listener)
      : createSecure(
          {
            cert: options.tls.certificate,
            key: options.tls.key,
            ...(options.tls.clientAuthority !== undefined && {
              ca: options.tls.clientAuthority,
              requestCert: true,
              rejectUnauthorized: true,
            }),
          },
          listener,
        );
  server.on("connection", (socket: Socket) => {
    counts.connections += 1;
    socket.setNoDelay(true);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    counts,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (problems.length > 0) throw new Error("the fake server itself failed", { cause: problems[0] });
    },
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: HttpFakeOptions["answer"],
  counts: Counts,
  requests: SeenRequest[],
): Promise<void> {
  const leaving = new AbortController();
  counts.requests += 1;
  counts.openStreams += 1;
  response.on("close", () => {
    counts.openStreams -= 1;
    leaving.abort();
  });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      counts.requestBytes += chunk.length;
    }
  } catch (error) {
    if (leaving.signal.aborted) return;
    throw error;
  }
  const body = Buffer.concat(chunks);
  const request: SeenRequest = {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: flatHeaders(incoming),
    body: body.toString("utf8"),
    requestBytes: body.length,
    responseBytes: 0,
  };
  requests.push(request);
  await answer(request, makeReply(request, response, counts, leaving.signal));
}

function makeReply(
  request: SeenRequest,
  response: ServerResponse,
  counts: Counts,
  signal: AbortSignal,
): FakeReply {
  return {
    request,
    signal,
    head: (status, headers = {}) => {
      response.writeHead(status, headers);
      response.flushHeaders();
    },
    write: (bytes) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const data = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
        signal.addEventListener("abort", () => resolve(), { once: true });
        response.write(data, (error) => {
          if (!error) {
            request.responseBytes += data.byteLength;
            counts.responseBytes += data.byteLength;
          }
          resolve();
        });
      }),
    end: () => new Promise((resolve) => (signal.aborted ? resolve() : response.end(() => resolve()))),
    hangUp: () => response.destroy(),
  };
}

function flatHeaders(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}
