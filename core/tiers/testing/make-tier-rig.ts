import { onTestFinished } from "vitest";
import type { ProviderDraft } from "../../contract/tier-routes.ts";
import type { Settings } from "../../contract/settings.ts";
import type { CountQwenTokens } from "../../providers/tokens/count-tokens.ts";
import { openTestDatabase } from "../../store/testing/test-database.ts";
import { makeTierParts, type TierParts } from "./tier-parts.ts";

/** The parts over a database of the test's own, closed after it. */
export function makeTierRig(
  changes: Partial<Settings> = {},
  tries = 1,
  unreadable: readonly (keyof Settings)[] = [],
  count?: CountQwenTokens,
): TierParts {
  const parts = makeTierParts(openTestDatabase(), changes, tries, unreadable, count);
  onTestFinished(() => parts.egress.close());
  return parts;
}

/** A draft with what most providers have. */
export function draftOf(
  config: Partial<ProviderDraft["config"]>,
  secrets: ProviderDraft["secrets"] = { apiKey: "fake-key" },
): ProviderDraft {
  return {
    config: {
      name: "house",
      vendor: "vllm",
      model: "contract-model",
      auth: { scheme: "bearer" },
      skipModelListing: false,
      thinking: { enabled: false },
      ...config,
    },
    secrets,
  };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}
