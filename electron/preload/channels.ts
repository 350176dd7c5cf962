import type { Failure } from "../../core/contract/errors.ts";

/** The only IPC channels there are: what the page asks, what main tells. */
export const channels = {
  /** invoke: (route, input) → Reply */
  request: "qwill:request",
  /** send: (id, route, input) */
  streamOpen: "qwill:stream-open",
  /** send: (id) */
  streamCancel: "qwill:stream-cancel",
  /** main → page: (id, StreamMessage) */
  stream: "qwill:stream",
  /** main → page: (event, payload) */
  event: "qwill:event",
} as const;

/** One step of a stream: an event, or its end with what went wrong, if anything. */
export type StreamMessage = { readonly event: unknown } | { readonly end: Failure | null };
