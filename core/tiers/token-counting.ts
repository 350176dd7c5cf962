import type { ProviderConfig } from "../contract/providers.ts";
import { tokenCountingFor, type TokenCounting } from "../providers/tokens/count-tokens.ts";
import { estimateTokens } from "../providers/tokens/estimate-tokens.ts";

/** How a provider's tokens are counted here; an estimate where the tokenizer's file is not installed. */
export async function countingFor(config: Pick<ProviderConfig, "vendor" | "model">): Promise<TokenCounting> {
  try {
    return await tokenCountingFor(config.vendor, config.model);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND" && code !== "ENOENT") throw error;
    return { count: estimateTokens, isExact: false };
  }
}
