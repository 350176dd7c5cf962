import type { Usage } from "../../contract/suggest.ts";

/** More tokens than any call has. */
const MOST = 1_000_000_000;

/**
 * The usage as a server reported it; null where a figure is no count (negative, a fraction, text), since what it costs
 * is summed by it: then the call counts as one whose usage was not reported.
 */
export function reportedUsage(usage: Usage): Usage | null {
  const { inputTokens, outputTokens, reasoningTokens, cachedInputTokens } = usage;
  const counts: readonly unknown[] = [inputTokens, outputTokens, reasoningTokens, cachedInputTokens];
  return counts.every((count) => Number.isInteger(count) && Number(count) >= 0 && Number(count) <= MOST)
    ? usage
    : null;
}
