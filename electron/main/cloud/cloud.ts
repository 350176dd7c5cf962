import { randomUUID } from "node:crypto";
import type { Budget, ExpectedUse, ForecastRow, SpendReport } from "../../../core/contract/costs.ts";
import { AppError } from "../../../core/contract/errors.ts";
import type { LedgerPurpose } from "../../../core/contract/ledger.ts";
import type { ConnectionTest, ProviderConfig, TierStatus } from "../../../core/contract/providers.ts";
import type { Settings } from "../../../core/contract/settings.ts";
import type { Cost } from "../../../core/contract/suggest.ts";
import type { Tier } from "../../../core/contract/tiers.ts";
import { compareTiers } from "../../../core/providers/cost-expected-use.ts";
import { priceForProvider } from "../../../core/providers/prices.ts";
import type { Provider } from "../../../core/providers/provider.ts";
import { makeProvider } from "../../../core/providers/registry.ts";
import { realClock, type RetryPolicy } from "../../../core/providers/wire/retry.ts";
import type { GateContext, GateFetch } from "../../../core/safety/gate/gate.ts";
import type { ServedTier } from "../../../core/suggest/dependencies.ts";
import type { CloudStore } from "./cloud-store.ts";
import { meterProvider } from "./metered-provider.ts";
import type { OpenProvider, ProviderBook } from "./provider-book.ts";
import { makeSpending } from "./spending.ts";
import { testConnection } from "./test-connection.ts";
import {
  chooseFor,
  providerNameOf,
  refuseUnfit,
  tierStatuses,
  withoutProvider,
  type ChosenTier,
} from "./tier-book.ts";

/** Everything that goes beyond this device, the same for the window and for the `qwill` command. */
export interface Cloud {
  readonly providers: Pick<ProviderBook, "list" | "save">;
  /** Takes the tiers it serves with it. */
  removeProvider(name: string, signal: AbortSignal): Promise<void>;
  testProvider(name: string, signal: AbortSignal): Promise<ConnectionTest>;
  tiers(signal: AbortSignal): Promise<TierStatus[]>;
  /** Rejects with not-found for a provider that is not there. */
  chooseTier(tier: ChosenTier, provider: string | null, signal: AbortSignal): Promise<TierStatus[]>;
  /** The provider of a tier other than `local`, metered. Rejects with provider-not-configured. */
  serve(tier: Tier, signal: AbortSignal): Promise<ServedTier>;
  /** What a call that has been booked cost; asked once. */
  costOf(requestId: string): Cost | null;
  spend(month: string | undefined, signal: AbortSignal): Promise<SpendReport>;
  setBudget(budget: Budget, signal: AbortSignal): Promise<SpendReport>;
  forecast(use: ExpectedUse, signal: AbortSignal): Promise<ForecastRow[]>;
}

export interface CloudOptions {
  readonly store: CloudStore;
  readonly book: ProviderBook;
  readonly gate: (context: GateContext) => GateFetch;
  readonly settings: {
    readonly current: () => Settings;
    update(patch: Partial<Settings>): Settings;
  };
  readonly countTokens: (text: string) => number;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly retries?: RetryPolicy;
}

const mostCosts = 100;

export function makeCloud(options: CloudOptions): Cloud {
  const { store, book, gate, settings, countTokens, now } = options;
  const spending = makeSpending({ store, now, budget: () => settings.current().budget });
  const costs = new Map<string, Cost | null>();

  /** The provider over the gate, for one purpose. */
  function reach({ config, secrets }: OpenProvider, context: GateContext): Provider {
    return makeProvider(config, secrets, gate(context), {
      clock: realClock,
      now,
      countTokens,
      ...(options.retries && { retries: options.retries }),
    });
  }

  /** A suggestion that was stopped never asks for its cost: only the last ones are kept. */
  function remember(requestId: string, cost: Cost | null): void {
    costs.set(requestId, cost);
    const oldest = costs.keys().next().value;
    if (costs.size > mostCosts && oldest !== undefined) costs.delete(oldest);
  }

  const priceNow = (config: ProviderConfig) =>
    priceForProvider(config, now(), settings.current().budget.currency);

  async function tiers(signal: AbortSignal): Promise<TierStatus[]> {
    const { tiers: choices, generationModel } = settings.current();
    return tierStatuses(choices, await book.list(signal), generationModel);
  }

  return {
    providers: book,
    removeProvider: async (name, signal) => {
      await book.remove(name, signal);
      settings.update({ tiers: withoutProvider(settings.current().tiers, name) });
    },
    testProvider: async (name, signal) => {
      const open = await book.open(name, signal);
      const requestId = `test-${randomUUID()}`;
      const over = (purpose: LedgerPurpose) => reach(open, { requestId, purpose, tier: null });
      return testConnection(
        {
          listing: over("list-models"),
          health: over("health"),
          model: open.config.model,
          now: () => performance.now(),
        },
        signal,
      );
    },
    tiers,
    chooseTier: async (tier, provider, signal) => {
      const config = (await book.list(signal)).find(({ name }) => name === provider);
      if (provider !== null && config === undefined) throw new AppError("not-found", { facts: { provider } });
      if (config !== undefined) refuseUnfit(tier, config);
      settings.update({ tiers: chooseFor(settings.current().tiers, tier, provider) });
      return tiers(signal);
    },
    serve: async (tier, signal) => {
      const open = await book.open(providerNameOf(tier, settings.current().tiers), signal);
      const { config } = open;
      if (tier !== "local") refuseUnfit(tier, config);
      // Each call has its own place in the ledger, under the id of its request.
      const base = reach(open, { requestId: "", purpose: "suggest", tier });
      const provider: Provider = {
        ...base,
        capabilities: { ...base.capabilities, reach: config.reach },
        stream: (call, stop) =>
          reach(open, { requestId: call.requestId, purpose: "suggest", tier }).stream(call, stop),
      };
      const metered = meterProvider(provider, {
        config,
        tier,
        price: priceNow(config),
        spending,
        countTokens,
        now,
        booked: remember,
      });
      return { provider: metered, model: config.model };
    },
    costOf: (requestId) => {
      const cost = costs.get(requestId) ?? null;
      costs.delete(requestId);
      return cost;
    },
    spend: (month, signal) => spending.report(month, signal),
    setBudget: async (budget, signal) => {
      settings.update({ budget });
      return spending.report(undefined, signal);
    },
    forecast: async (use, signal) => {
      const configs = await book.list(signal);
      const { tiers: choices, budget, generationModel } = settings.current();
      const rows = tierStatuses(choices, configs, generationModel).map((status) => {
        const config = configs.find(({ name }) => name === status.provider);
        return {
          tier: status.tier,
          reach: config?.reach ?? status.reach,
          provider: status.provider,
          model: status.model,
          thinks: config?.thinking.enabled ?? false,
          price: config === undefined ? null : priceNow(config),
        };
      });
      return compareTiers(use, rows, budget.currency);
    },
  };
}
