import type { CountQwenTokens } from "../../core/providers/tokens/count-tokens.ts";
import type { CounterSurface } from "../counter/surface.ts";
import type { Child } from "../process/child.ts";
import { hostProcess } from "../process/process-host.ts";

/** The thread that counts tokens: main does not know the tokenizer, so that no window waits for it. */
export interface TokenCounter {
  readonly count: CountQwenTokens;
  /** Reads the tokenizer ahead of the first question. */
  warm(): void;
  close(): Promise<void>;
}

export interface TokenCounterOptions {
  readonly start: () => Child;
  readonly report: (where: string, error: unknown) => void;
}

export function makeTokenCounter({ start, report }: TokenCounterOptions): TokenCounter {
  const host = hostProcess<CounterSurface>({
    name: "Qwill counter",
    fork: start,
    prepare: async () => undefined,
    restarts: "when-asked",
    isRepeatable: () => true,
    onEvent: () => undefined,
    onRestart: () => undefined,
    onDown: () => undefined,
    report,
  });
  const count: CountQwenTokens = (texts) => host.request("count", texts, new AbortController().signal);
  return {
    count,
    // Why it could not is told to whoever counts first.
    warm: () => void count([]).catch(() => undefined),
    close: () => host.stop(),
  };
}
