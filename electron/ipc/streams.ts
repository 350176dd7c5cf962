import { AppError, toFailure } from "../../core/contract/errors.ts";
import { streams, type StreamHandlers, type StreamName } from "../../core/contract/routes.ts";
import type { StreamMessage } from "../preload/channels.ts";
import { failureOf, type ReportBug } from "./router.ts";
import { isTrusted, type Sender } from "./sender.ts";

/** One page's open streams, by the id the page chose. */
export interface PageStreams {
  open(sender: Sender, id: unknown, route: unknown, input: unknown): Promise<void>;
  cancel(id: unknown): void;
  /** The page went away: everything it had open ends. */
  cancelAll(): void;
}

/** One step of a stream, to the page that opened it; does nothing once the page is gone. */
export type SendToPage = (id: number, message: StreamMessage) => void;

/** More than any page needs at once; a page that opens more has a bug or means harm. */
const mostOpen = 64;

/** Runs the streams of one page. */
export function makePageStreams(
  handlers: StreamHandlers,
  send: SendToPage,
  reportBug: ReportBug,
): PageStreams {
  const open = new Map<number, AbortController>();

  async function run(
    id: number,
    name: StreamName,
    input: unknown,
    controller: AbortController,
  ): Promise<void> {
    const parsed = streams[name].input.safeParse(input);
    if (!parsed.success) throw new AppError("bad-request", { cause: parsed.error });
    const handle = handlers[name] as (input: unknown, signal: AbortSignal) => AsyncIterable<unknown>;
    for await (const event of handle(parsed.data, controller.signal)) {
      send(id, { event: streams[name].event.parse(event) });
    }
  }

  return {
    open: async (sender, id, route, input) => {
      if (typeof id !== "number" || !Number.isSafeInteger(id) || open.has(id)) return;
      if (!isTrusted(sender)) return send(id, { end: toFailure(new AppError("not-allowed")) });
      if (!isStream(route) || open.size >= mostOpen)
        return send(id, { end: toFailure(new AppError("bad-request")) });
      const controller = new AbortController();
      open.set(id, controller);
      try {
        await run(id, route, input, controller);
        send(id, { end: null });
      } catch (error) {
        send(id, { end: failureOf(route, error, reportBug) });
      } finally {
        open.delete(id);
      }
    },
    cancel: (id) => {
      if (typeof id === "number") open.get(id)?.abort();
    },
    cancelAll: () => {
      for (const controller of open.values()) controller.abort();
    },
  };
}

function isStream(route: unknown): route is StreamName {
  return typeof route === "string" && Object.hasOwn(streams, route);
}
