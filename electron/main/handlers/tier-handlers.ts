import type { tierRoutes } from "../../../core/contract/tier-routes.ts";
import type { Handlers } from "../../../core/contract/routes.ts";
import type { Tiers } from "../../../core/tiers/tiers.ts";
import type { TierStore } from "../../../core/tiers/tier-store.ts";
import { vendorCards } from "../../../core/tiers/vendor-cards.ts";

export interface TierDeps {
  readonly tiers: Tiers;
  readonly store: TierStore;
  readonly estimate: Handlers["costs.estimate"];
  /** Asks where to save and writes there; false when the person thought better of it. */
  readonly saveFile: (name: string, bytes: Uint8Array) => Promise<boolean>;
}

/** Requests about what goes beyond this device. Secrets come in with `providers.save` and never go back. */
export function tierHandlers(deps: TierDeps): Pick<Handlers, keyof typeof tierRoutes> {
  const { tiers, store } = deps;
  const { fineTuning } = tiers;
  return {
    "providers.vendors": () => vendorCards(),
    "providers.list": async (_input, signal) => [...(await tiers.providers.list(signal))],
    "providers.save": (draft, signal) => tiers.providers.save(draft, signal),
    "providers.remove": async ({ name }, signal) => {
      await tiers.removeProvider(name, signal);
      return undefined;
    },
    "providers.test": ({ name }, signal) => tiers.testProvider(name, signal),
    "tiers.list": (_input, signal) => tiers.statuses(signal),
    "tiers.choices": () => tiers.choices(),
    "tiers.set": ({ tier, provider }, signal) => tiers.chooseTier(tier, provider, signal),
    "costs.report": ({ month }, signal) => tiers.spend(month, signal),
    "costs.set-price": (price, signal) => tiers.setPrice(price, signal),
    "costs.prices": (_input, signal) => tiers.prices(signal),
    "costs.set-budget": (budget, signal) => tiers.setBudget(budget, signal),
    "costs.forecast": (use, signal) => tiers.forecast(use, signal),
    "costs.estimate": (request, signal) => deps.estimate(request, signal),
    "ledger.list": ({ offset, limit }, signal) => store.request("ledger.rows", { offset, limit }, signal),
    "ledger.payload": async ({ id }, signal) => {
      const bytes = await store.request("ledger.bytes", { id }, signal);
      return { text: bytes && new TextDecoder().decode(bytes) };
    },
    "ledger.forget": async ({ id }, signal) => {
      const forgotten =
        id === null
          ? await store.request(
              "ledger.forget-before",
              { before: Number.MAX_SAFE_INTEGER, now: Date.now() },
              signal,
            )
          : await store.request("ledger.forget", { id, now: Date.now() }, signal);
      return { forgotten };
    },
    "fine-tune.examples": (_input, signal) => fineTuning.examples(signal),
    "fine-tune.export": async ({ exampleIds }, signal) => {
      const bytes = new TextEncoder().encode(await fineTuning.file(exampleIds, signal));
      return { saved: await deps.saveFile("qwill-training.jsonl", bytes), examples: exampleIds.length };
    },
    "fine-tune.quote": (choice, signal) => fineTuning.quote(choice, signal),
    "fine-tune.start": (choice, signal) => fineTuning.start(choice, signal),
    "fine-tune.jobs": ({ provider }, signal) => fineTuning.jobs(provider, signal),
    "fine-tune.cancel": ({ provider, jobId }, signal) => fineTuning.cancel(provider, jobId, signal),
    "fine-tune.deploy": ({ provider, jobId }, signal) => fineTuning.deploy(provider, jobId, signal),
    "fine-tune.use": ({ provider, jobId }, signal) => fineTuning.use(provider, jobId, signal),
    "fine-tune.remove": async ({ provider, jobId }, signal) => {
      await fineTuning.remove(provider, jobId, signal);
      return undefined;
    },
  };
}
