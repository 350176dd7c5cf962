import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";
import type { ProviderDraft } from "../../../core/contract/tier-routes.ts";
import type { ConnectionTest, ProviderConfig, TierChoices } from "../../../core/contract/providers.ts";
import type { RouteName } from "../../../core/contract/routes.ts";
import { useDesk } from "../../app/context.tsx";
import { routeKey } from "../../app/routes.ts";

const changed: readonly RouteName[] = ["providers.list", "tiers.list", "tiers.choices", "costs.forecast"];

/** The function that asks again for everything a change of providers or tiers touches. */
export function useAskAgain(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all(changed.map((name) => client.invalidateQueries({ queryKey: routeKey(name) })));
  };
}

export interface SaveInput {
  readonly draft: ProviderDraft;
  /** The tier it should serve; null: none is changed. */
  readonly tier: keyof TierChoices | null;
  readonly andTest: boolean;
}

export interface Saved {
  readonly config: ProviderConfig;
  readonly test: ConnectionTest | null;
}

/** Saves a provider, gives it its tier, and tries the connection when that was asked for. */
export function useSaveProvider(): UseMutationResult<Saved, Error, SaveInput> {
  const { ipc } = useDesk();
  const askAgain = useAskAgain();
  return useMutation({
    // Usually kept for minutes; what was typed as a secret goes with the form.
    gcTime: 0,
    mutationFn: async ({ draft, tier, andTest }: SaveInput) => {
      let config = await ipc.call("providers.save", draft);
      try {
        const test = andTest ? await ipc.call("providers.test", { name: config.name }) : null;
        const [only, ...more] = test?.models ?? [];
        // A server with one model leaves nothing to choose. Its secrets are stored by now.
        if (config.model === "" && only !== undefined && more.length === 0)
          config = await ipc.call("providers.save", {
            config: { ...draft.config, model: only },
            secrets: {},
          });
        if (tier !== null && config.model !== "")
          await ipc.call("tiers.set", { tier, provider: config.name });
        return { config, test };
      } finally {
        await askAgain();
      }
    },
  });
}
