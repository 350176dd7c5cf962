import { AppError, isCancel, toFailure, type Failure } from "../../core/contract/errors.ts";

/** One end of a message channel between two of our processes; messages keep their order. */
export interface Port {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

/** What one side offers the other: requests, streams; and the events it may send unasked. */
export interface Surface {
  readonly requests: Record<string, (input: never, signal: AbortSignal) => unknown>;
  readonly streams: Record<string, (input: never, signal: AbortSignal) => AsyncIterable<unknown>>;
  readonly events: Record<string, unknown>;
}

type Input<Call> = Call extends (input: infer Value, signal: AbortSignal) => unknown ? Value : never;
type Output<Call> = Call extends (input: never, signal: AbortSignal) => infer Value ? Awaited<Value> : never;
type Item<Call> = Call extends (input: never, signal: AbortSignal) => AsyncIterable<infer Value>
  ? Value
  : never;

/** The calling side of a link. */
export interface Link<Remote extends Surface> {
  /** Rejects with the other side's AppError; with `worker-restarted` when the other side died. */
  request<Name extends keyof Remote["requests"] & string>(
    name: Name,
    input: Input<Remote["requests"][Name]>,
    signal: AbortSignal,
  ): Promise<Output<Remote["requests"][Name]>>;
  /** Leaving the loop cancels on the other side. */
  stream<Name extends keyof Remote["streams"] & string>(
    name: Name,
    input: Input<Remote["streams"][Name]>,
    signal: AbortSignal,
  ): AsyncIterable<Item<Remote["streams"][Name]>>;
  /** The other side is gone: everything under way fails with this. */
  fail(failure: Failure): void;
}

type Message =
  | { kind: "request" | "stream"; id: number; name: string; input: unknown }
  /** `cancel` asks for an early but whole end, `leave` wants nothing more. */
  | { kind: "cancel" | "leave"; id: number }
  | { kind: "value"; id: number; value: unknown }
  | { kind: "item"; id: number; value: unknown }
  | { kind: "end"; id: number; failure: Failure | null }
  | { kind: "event"; name: string; payload: unknown };

interface Waiting {
  onItem(value: unknown): void;
  onEnd(failure: Failure | null, value: unknown): void;
}

/** Opens the calling side on a port; `onEvent` gets what the other side says unasked. */
export function openLink<Remote extends Surface>(
  port: Port,
  onEvent: <Name extends keyof Remote["events"] & string>(
    name: Name,
    payload: Remote["events"][Name],
  ) => void,
): Link<Remote> {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let gone: Failure | null = null;

  function end(id: number, failure: Failure | null, value: unknown): void {
    const entry = waiting.get(id);
    waiting.delete(id);
    entry?.onEnd(failure, value);
  }

  port.listen((raw) => {
    const message = raw as Message;
    if (message.kind === "value") end(message.id, null, message.value);
    else if (message.kind === "item") waiting.get(message.id)?.onItem(message.value);
    else if (message.kind === "end") end(message.id, message.failure, undefined);
    else if (message.kind === "event") onEvent(message.name, message.payload as Remote["events"][string]);
  });

  /** Sends the call; the returned function takes the abort listener off. */
  function call(
    kind: "request" | "stream",
    name: string,
    input: unknown,
    signal: AbortSignal,
    entry: Waiting,
  ): number {
    signal.throwIfAborted();
    if (gone !== null) throw errorOf(gone);
    const id = ++lastId;
    const cancel = (): void => port.post({ kind: "cancel", id } satisfies Message);
    waiting.set(id, {
      onItem: (value) => entry.onItem(value),
      onEnd: (failure, value) => {
        signal.removeEventListener("abort", cancel);
        entry.onEnd(failure, value);
      },
    });
    signal.addEventListener("abort", cancel, { once: true });
    port.post({ kind, id, name, input } satisfies Message);
    return id;
  }

  return {
    request: (name, input, signal) =>
      new Promise((resolve, reject) => {
        call("request", name, input, signal, {
          onItem: () => undefined,
          onEnd: (failure, value) => (failure === null ? resolve(value as never) : reject(errorOf(failure))),
        });
      }),

    stream: (name, input, signal) => streamOf(name, input, signal),

    fail: (failure) => {
      gone = failure;
      for (const id of waiting.keys()) end(id, failure, undefined);
    },
  };

  async function* streamOf(name: string, input: unknown, signal: AbortSignal): AsyncGenerator<never> {
    const queue: unknown[] = [];
    let ended: { failure: Failure | null } | null = null;
    let wake: () => void = () => undefined;
    const id = call("stream", name, input, signal, {
      onItem: (value) => {
        queue.push(value);
        wake();
      },
      onEnd: (failure) => {
        ended = { failure };
        wake();
      },
    });
    try {
      while (true) {
        while (queue.length > 0) yield queue.shift() as never;
        const last = ended as { failure: Failure | null } | null;
        if (last?.failure) throw errorOf(last.failure);
        if (last) return;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      if (waiting.delete(id)) port.post({ kind: "leave", id } satisfies Message);
    }
  }
}

/** The serving side. */
export interface Served<Local extends Surface> {
  emit<Name extends keyof Local["events"] & string>(name: Name, payload: Local["events"][Name]): void;
}

/** Answers calls on a port; `reportBug` hears of what was not an expected failure. */
export function serve<Local extends Surface>(
  port: Port,
  handlers: { requests: Local["requests"]; streams: Local["streams"] },
  reportBug: (where: string, error: unknown) => void,
): Served<Local> {
  const running = new Map<number, AbortController>();
  const left = new Set<number>();
  const requests = handlers.requests as Record<string, (input: unknown, signal: AbortSignal) => unknown>;
  const streams = handlers.streams as Record<
    string,
    (input: unknown, signal: AbortSignal) => AsyncIterable<unknown>
  >;
  const post = (message: Message): void => port.post(message);

  async function answer(id: number, name: string, input: unknown, signal: AbortSignal): Promise<void> {
    const handle = Object.hasOwn(requests, name) ? requests[name] : undefined;
    if (handle === undefined) throw new AppError("bad-request");
    post({ kind: "value", id, value: await handle(input, signal) });
  }

  async function run(id: number, name: string, input: unknown, signal: AbortSignal): Promise<void> {
    const handle = Object.hasOwn(streams, name) ? streams[name] : undefined;
    if (handle === undefined) throw new AppError("bad-request");
    for await (const value of handle(input, signal)) {
      if (left.has(id)) return;
      post({ kind: "item", id, value });
    }
    post({ kind: "end", id, failure: null });
  }

  async function start(message: Extract<Message, { kind: "request" | "stream" }>): Promise<void> {
    const controller = new AbortController();
    running.set(message.id, controller);
    const act = message.kind === "request" ? answer : run;
    try {
      await act(message.id, message.name, message.input, controller.signal);
    } catch (error) {
      if (!(error instanceof AppError) && !isCancel(error)) reportBug(message.name, error);
      post({ kind: "end", id: message.id, failure: toFailure(error) });
    } finally {
      running.delete(message.id);
      left.delete(message.id);
    }
  }

  port.listen((raw) => {
    const message = raw as Message;
    if (message.kind === "request" || message.kind === "stream") void start(message);
    else if (message.kind === "leave" && running.has(message.id)) left.add(message.id);
    if (message.kind === "cancel" || message.kind === "leave") running.get(message.id)?.abort();
  });

  return { emit: (name, payload) => post({ kind: "event", name, payload }) };
}

function errorOf(failure: Failure): AppError {
  return new AppError(failure.code, { facts: failure.facts, retryAfter: failure.retryAfter });
}
