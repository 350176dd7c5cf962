import { randomUUID } from "node:crypto";
import type {
  Budget,
  ExpectedUse,
  ForecastRow,
  PriceChange,
  PriceRow,
  ProviderPrice,
  SpendReport,
} from "../contract/costs.ts";
import { AppError } from "../contract/errors.ts";
import type { LedgerPurpose } from "../contract/ledger.ts";
import type { ConnectionTest, ProviderConfig, TierChoices, TierStatus } from "../contract/providers.ts";
import type { CollectionReach } from "../contract/provenance.ts";
import type { LiveSettings } from "../contract/settings.ts";
import type { Tier } from "../contract/tiers.ts";
import { localDay } from "../providers/cost-booking.ts";
import { compareTiers } from "../providers/cost-expected-use.ts";
import { priceForProvider } from "../providers/prices.ts";
import type { RemoteProvider } from "../providers/provider.ts";
import { makeProvider } from "../providers/registry.ts";
import type { CountTokens } from "../providers/tokens/count-tokens.ts";
import type { WireFetch } from "../providers/wire/wire-fetch.ts";
import { realClock, type RetryPolicy } from "../providers/wire/retry.ts";
import type { Envelope } from "../safety/envelope/envelope.ts";
import type { SpendReading } from "../safety/envelope/outgoing.ts";
import type { ServedModel } from "../suggest/dependencies.ts";
import type { TierStore } from "./tier-store.ts";
import { makeFineTuning, type FineTuning } from "./fine-tuning.ts";
import { meterProbe } from "./metered-probe.ts";
import { meterProvider, type MeteredProvider } from "./metered-provider.ts";
import type { OpenProvider, ProviderBook } from "./provider-book.ts";
import type { Outbox } from "./outbox.ts";
import { recorder } from "./record-request.ts";
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
import { makeCountingFor, type CountingOptions } from "./token-counting.ts";

/** A tier with what its calls cost and how its tokens are counted. */
export interface PricedTier extends ServedModel {
  readonly provider: MeteredProvider;
  readonly config: ProviderConfig;
  /** Null: none is known. */
  readonly price: PriceRow | null;
  readonly countTokens: CountTokens;
  /** True when `countTokens` is the model's own tokenizer. */
  readonly isExact: boolean;
}

/** Everything that goes beyond this device, the same for the window and for the `qwill` command. */
export interface Tiers {
  readonly providers: Pick<ProviderBook, "list" | "save">;
  /** Takes the tiers it serves with it. */
  removeProvider(name: string, signal: AbortSignal): Promise<void>;
  testProvider(name: string, signal: AbortSignal): Promise<ConnectionTest>;
  statuses(signal: AbortSignal): Promise<TierStatus[]>;
  choices(): TierChoices;
  /** Rejects with not-found for a provider that is not there, not-allowed for one that may not serve it. */
  chooseTier(tier: ChosenTier, provider: string | null, signal: AbortSignal): Promise<TierStatus[]>;
  /** The provider of a tier other than `local`, metered. Rejects with provider-not-configured. */
  serve(tier: Tier, signal: AbortSignal): Promise<PricedTier>;
  /** Of a month (YYYY-MM), else of this one. */
  spend(month: string | undefined, signal: AbortSignal): Promise<SpendReport>;
  setBudget(budget: Budget, signal: AbortSignal): Promise<SpendReport>;
  /** What each provider is counted at. */
  prices(signal: AbortSignal): Promise<ProviderPrice[]>;
  /** Rejects with not-found for a provider that is not there. */
  setPrice(change: PriceChange, signal: AbortSignal): Promise<ProviderPrice[]>;
  forecast(use: ExpectedUse, signal: AbortSignal): Promise<ForecastRow[]>;
  readonly fineTuning: FineTuning;
}

export interface TiersOptions extends CountingOptions {
  readonly store: TierStore;
  readonly outbox: Outbox;
  readonly book: ProviderBook;
  readonly envelope: Envelope;
  /** The collections there are, with what each allows now. */
  readonly collections: (signal: AbortSignal) => Promise<readonly CollectionReach[]>;
  readonly settings: LiveSettings;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly retries?: RetryPolicy;
}

export function makeTiers(options: TiersOptions): Tiers {
  const { store, outbox, book, envelope, settings, now } = options;
  const spending = makeSpending({
    store,
    outbox,
    now,
    budget: () => settings.current().budget,
    unreadable: () => settings.unreadable().find((key) => key === "budget" || key === "prices") ?? null,
  });

  const countingFor = makeCountingFor(options);

  /** The provider over the way out for one purpose. */
  function over(open: OpenProvider, fetch: WireFetch, countTokens: CountTokens): RemoteProvider {
    return makeProvider(open.config, open.secrets, fetch, {
      clock: realClock,
      now,
      countTokens,
      ...(options.retries && { retries: options.retries }),
    });
  }

  const priceNow = (config: ProviderConfig) =>
    priceForProvider(config, now(), settings.current().budget.currency, settings.current().prices);

  async function prices(signal: AbortSignal): Promise<ProviderPrice[]> {
    const own = settings.current().prices;
    return (await book.list(signal)).map((config) => {
      const { name: provider, model } = config;
      const row = priceNow(config);
      const first = row?.steps[0];
      const isOwn = own.some((one) => one.provider === provider && one.model === model);
      const isPaid = config.reach === "cloud";
      return {
        provider,
        model,
        from: row === null ? (isPaid ? "none" : "own-server") : isOwn ? "person" : "shipped",
        price:
          row === null || first === undefined
            ? null
            : { currency: row.currency, input: first.input, output: first.output, asOf: row.asOf },
      };
    });
  }

  async function statuses(signal: AbortSignal): Promise<TierStatus[]> {
    const { tiers: choices, generationModel } = settings.current();
    return tierStatuses(choices, await book.list(signal), generationModel);
  }

  async function chooseTier(
    tier: ChosenTier,
    provider: string | null,
    signal: AbortSignal,
  ): Promise<TierStatus[]> {
    const config = (await book.list(signal)).find(({ name }) => name === provider);
    if (provider !== null && config === undefined) throw new AppError("not-found", { facts: { provider } });
    if (config !== undefined) refuseUnfit(tier, config);
    settings.update({ tiers: chooseFor(settings.current().tiers, tier, provider) });
    return statuses(signal);
  }

  /** Where the budget stands for calls at this price; null where they cost nothing that is known. */
  async function spendReading(price: PriceRow | null, signal: AbortSignal): Promise<SpendReading | null> {
    if (price === null || isFree(price)) return null;
    const { budget, state, spentMicros } = await spending.report(undefined, signal);
    return { state, spent: spentMicros / 1_000_000, limit: budget.stopAt, currency: budget.currency };
  }

  return {
    fineTuning: makeFineTuning({
      store,
      book,
      envelope,
      collections: options.collections,
      spending,
      countingFor,
      chooseHighQuality: (name, signal) => chooseTier("high-quality", name, signal),
      now,
    }),
    providers: book,
    removeProvider: async (name, signal) => {
      await book.remove(name, signal);
      settings.update({ tiers: withoutProvider(settings.current().tiers, name) });
    },
    testProvider: async (name, signal) => {
      const open = await book.open(name, signal);
      const requestId = `test-${randomUUID()}`;
      const { config } = open;
      const { count } = await countingFor(config);
      const fetchFor = (purpose: LedgerPurpose) =>
        envelope.fetchWithoutText({ requestId, purpose, tier: null });
      const probe = () =>
        meterProbe(fetchFor("health"), {
          requestId,
          config,
          price: priceNow(config),
          spending,
          countTokens: count,
          now,
          provider: over(open, recorder, count),
        });
      return testConnection(
        {
          listing: () => over(open, fetchFor("list-models"), count),
          health: () => over(open, probe(), count),
          model: config.model,
          now: () => performance.now(),
        },
        signal,
      );
    },
    statuses,
    choices: () => settings.current().tiers,
    chooseTier,
    serve: async (tier, signal) => {
      const open = await book.open(providerNameOf(tier, settings.current().tiers), signal);
      const { config } = open;
      if (tier !== "local") refuseUnfit(tier, config);
      const { count, isExact } = await countingFor(config);
      const price = priceNow(config);
      // Each call has its own place in the ledger, under the id of its request.
      const named = (requestId: string, wrap: (fetch: WireFetch) => WireFetch) =>
        over(open, wrap(envelope.fetch({ requestId, purpose: "suggest", tier })), count);
      return {
        engine: "model",
        provider: meterProvider(
          named("", () => recorder),
          {
            config,
            tier,
            price,
            spending,
            countTokens: count,
            now,
            open: named,
          },
        ),
        model: config.model,
        countTokens: count,
        spend: await spendReading(price, signal),
        config,
        price,
        isExact,
      };
    },
    spend: (month, signal) => spending.report(month, signal),
    setBudget: async (budget, signal) => {
      settings.update({
        budget: { ...budget, rates: budget.rates.filter(({ currency }) => currency !== budget.currency) },
      });
      return spending.report(undefined, signal);
    },
    prices,
    setPrice: async ({ provider, price }, signal) => {
      const config = (await book.list(signal)).find(({ name }) => name === provider);
      if (config === undefined) throw new AppError("not-found", { facts: { provider } });
      const others = settings.current().prices.filter((one) => one.provider !== provider);
      const asOf = localDay(now());
      settings.update({
        prices: price === null ? others : [...others, { provider, model: config.model, ...price, asOf }],
      });
      return prices(signal);
    },
    forecast: async (use, signal) => {
      const configs = await book.list(signal);
      const { tiers: choices, budget, generationModel } = settings.current();
      const rows = tierStatuses(choices, configs, generationModel).map((status) => {
        const config = configs.find(({ name }) => name === status.provider);
        return {
          tier: status.tier,
          reach: status.reach,
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

const isFree = (price: PriceRow): boolean =>
  price.steps.every(({ input, output }) => input === 0 && output === 0);
