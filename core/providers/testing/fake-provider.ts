import { AppError } from "../../contract/errors.ts";
import type { Reach } from "../../contract/tiers.ts";
import type { ModelInfo, Provider, ProviderCall, StreamPart } from "../provider.ts";

/** What the fake does with one call, in order. */
export type FakeStep =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "reasoning"; readonly text: string }
  | { readonly type: "fail"; readonly error: AppError }
  /** Waits until the test lets it go on, or the signal aborts. */
  | { readonly type: "hold"; readonly until: Promise<void> }
  | { readonly type: "finish"; readonly reason: "stop" | "length" | "moderated" };

export interface FakeProvider extends Provider {
  /** Every call that was made, as it was made. */
  readonly calls: readonly ProviderCall[];
  /** Streams open now. */
  readonly open: number;
}

export interface FakeOptions {
  readonly id?: string;
  readonly reach?: Reach;
  readonly script: (call: ProviderCall) => readonly FakeStep[];
}

/** A provider that plays a script: the same promises as a real one, no model and no network. */
export function makeFakeProvider(options: FakeOptions): FakeProvider {
  const calls: ProviderCall[] = [];
  let open = 0;

  async function* stream(call: ProviderCall, signal: AbortSignal): AsyncGenerator<StreamPart> {
    calls.push(call);
    open += 1;
    let written = "";
    let thought = "";
    try {
      for (const step of options.script(call)) {
        signal.throwIfAborted();
        switch (step.type) {
          case "text":
            written += step.text;
            yield { type: "text-delta", text: step.text };
            break;
          case "reasoning":
            thought += step.text;
            yield { type: "reasoning-delta", text: step.text };
            break;
          case "hold":
            await untilAborted(step.until, signal);
            break;
          case "fail":
            throw step.error;
          case "finish":
            yield { type: "usage", usage: countUsage(call, written, thought) };
            yield { type: "finish", finish: { reason: step.reason, raw: step.reason } };
            return;
        }
      }
      throw new AppError("provider-interrupted");
    } finally {
      open -= 1;
    }
  }

  return {
    id: options.id ?? "fake",
    capabilities: {
      reach: options.reach ?? "device",
      thinking: true,
      usage: true,
      listsModels: true,
      maxInputTokens: 8000,
      maxOutputTokens: 2000,
    },
    stream,
    listModels: async (): Promise<readonly ModelInfo[]> => [{ id: "fake-model" }],
    checkHealth: async () => undefined,
    calls,
    get open() {
      return open;
    },
  };
}

function countUsage(call: ProviderCall, written: string, thought: string) {
  const words = (text: string) => text.split(/\s+/).filter(Boolean).length;
  return {
    inputTokens: call.messages.reduce((sum, message) => sum + words(message.content), 0),
    outputTokens: words(written) + words(thought),
    reasoningTokens: words(thought),
    cachedInputTokens: 0,
    estimated: false,
  };
}

/** Resolves with the promise or rejects with the abort, whichever is first. */
function untilAborted(until: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    until.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
