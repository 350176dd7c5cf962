/** One call over the network; the gate of core/safety has exactly this shape and is handed in. */
export type WireFetch = (address: string, request: WireRequest, signal: AbortSignal) => Promise<WireReply>;

export interface WireRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface WireReply {
  readonly status: number;
  /** Lower-cased names. */
  readonly headers: ReadonlyMap<string, string>;
  /** Leaving the loop hangs up. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Reads a body to its end as UTF-8, at most `limit` bytes of it; what lies beyond is left unread. */
export async function readText(body: AsyncIterable<Uint8Array>, limit = 1_000_000): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    text += decoder.decode(chunk, { stream: true });
    if (bytes > limit) break;
  }
  return text + decoder.decode();
}
