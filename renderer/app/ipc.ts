import { AppError, type Failure } from "../../core/contract/errors.ts";
import type {
  Bridge,
  EventName,
  EventPayload,
  RouteInput,
  RouteName,
  RouteOutput,
  StreamEvent,
  StreamInput,
  StreamName,
} from "../../core/contract/routes.ts";

declare global {
  interface Window {
    /** Put there by the preload; nothing but this file's makeIpc reads it. */
    readonly qwill: Bridge;
  }
}

/** A route without input is called without one; a schema that types nothing takes anything. */
type Arguments<Input> = unknown extends Input
  ? [input: Input]
  : undefined extends Input
    ? []
    : [input: Input];

/** The window's only way to the rest of the application. */
export interface Ipc {
  /** Rejects with AppError when the reply is a failure. */
  readonly call: <Name extends RouteName>(
    route: Name,
    ...input: Arguments<RouteInput<Name>>
  ) => Promise<RouteOutput<Name>>;
  /** Leaving the loop, or aborting, cancels. Ends by throwing AppError when the stream ends in a failure. */
  readonly stream: <Name extends StreamName>(
    route: Name,
    input: StreamInput<Name>,
    signal: AbortSignal,
  ) => AsyncIterable<StreamEvent<Name>>;
  /** Returns the function that unsubscribes. */
  readonly on: <Name extends EventName>(
    event: Name,
    listener: (payload: EventPayload<Name>) => void,
  ) => () => void;
  /** Gives dropped files to the library; the preload turns them into paths, which the page never sees. */
  readonly addDropped: (collectionId: number, files: readonly File[]) => Promise<{ added: number }>;
}

/** Types the bridge by the contract and turns failures into AppError, once. */
export function makeIpc(bridge: Bridge): Ipc {
  async function request(route: string, input: unknown): Promise<unknown> {
    const reply = await bridge.request(route, input);
    if (!reply.ok) throw toError(reply.failure);
    return reply.value;
  }
  return {
    call: (route, ...input) => request(route, input[0]) as Promise<never>,
    stream: (route, input, signal) => iterate(bridge, route, input, signal) as AsyncIterable<never>,
    on: (event, listener) => bridge.on(event, (payload) => listener(payload as never)),
    addDropped: (collectionId, files) =>
      request("library.add-dropped", { collectionId, files: [...files] }) as Promise<{ added: number }>,
  };
}

function toError(failure: Failure): AppError {
  return new AppError(failure.code, { facts: failure.facts, retryAfter: failure.retryAfter });
}

async function* iterate(bridge: Bridge, route: string, input: unknown, signal: AbortSignal): AsyncGenerator {
  const queue: unknown[] = [];
  let wake: (() => void) | undefined;
  let end: { failure: Failure | null } | undefined;
  const nudge = () => {
    wake?.();
    wake = undefined;
  };
  if (signal.aborted) throw new AppError("cancelled");
  const cancel = bridge.stream(
    route,
    input,
    (event) => {
      queue.push(event);
      nudge();
    },
    (failure) => {
      end ??= { failure };
      nudge();
    },
  );
  const onAbort = () => {
    cancel();
    end ??= { failure: { code: "cancelled" } };
    nudge();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    while (true) {
      while (queue.length > 0) yield queue.shift();
      if (end) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (end.failure) throw toError(end.failure);
  } finally {
    signal.removeEventListener("abort", onAbort);
    if (!end) cancel();
  }
}
