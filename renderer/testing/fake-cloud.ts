import type { VendorCard } from "../../core/contract/tier-routes.ts";
import type { Budget, ProviderPrice, SpendRow } from "../../core/contract/costs.ts";
import { AppError } from "../../core/contract/errors.ts";
import type { FineTuneJob } from "../../core/contract/fine-tune.ts";
import type { LedgerRow } from "../../core/contract/ledger.ts";
import type { SavedSuggestion } from "../../core/contract/memory.ts";
import type { ProviderConfig, TierChoices, TierStatus } from "../../core/contract/providers.ts";
import type { Handlers } from "../../core/contract/routes.ts";
import type { Reach } from "../../core/contract/tiers.ts";
import { fakeVendors, hostOf, reachOfFake } from "./fake-vendors.ts";

/** `set-up`: three providers, a month of spend, calls in the ledger. */
export type CloudKind = "none" | "set-up";

interface CloudNeeds {
  readonly suggestions: () => readonly SavedSuggestion[];
  readonly localModel: () => string | null;
}

type CloudRoute = Extract<
  keyof Handlers,
  `providers.${string}` | `tiers.${string}` | `costs.${string}` | `ledger.${string}` | `fine-tune.${string}`
>;

/** The month every fake row lies in, and the day it is. */
const today = new Date("2026-10-14T10:30:00");
const month = "2026-10";

/** Everything beyond the device, in memory. */
export class FakeCloud {
  providers: ProviderConfig[] = [];
  choices: TierChoices = { standard: null, "high-quality": null, private: null };
  budget: Budget = { warnAt: null, stopAt: null, currency: "USD", rates: [] };
  spend: SpendRow[] = [];
  ledger: LedgerRow[] = [];
  jobs: FineTuneJob[] = [];
  readonly prices = new Map<string, NonNullable<ProviderPrice["price"]>>();
  readonly #needs: CloudNeeds;

  constructor(kind: CloudKind, needs: CloudNeeds) {
    this.#needs = needs;
    if (kind === "set-up") this.#fill();
  }

  #prices(): ProviderPrice[] {
    return this.providers.map(({ name: provider, model, vendor, reach }) => {
      const stated = this.prices.get(provider);
      if (stated !== undefined) return { provider, model, from: "person", price: stated };
      if (vendor !== "gemini")
        return { provider, model, from: reach === "cloud" ? "none" : "own-server", price: null };
      return {
        provider,
        model,
        from: "shipped",
        price: { currency: "USD", input: 0.75, output: 3.75, asOf: "2026-10-07" },
      };
    });
  }

  statuses(): TierStatus[] {
    const local: TierStatus = {
      tier: "local",
      available: true,
      reach: "device",
      provider: null,
      vendor: null,
      model: this.#needs.localModel(),
      host: null,
    };
    const usual: Record<keyof TierChoices, Reach> = {
      standard: "cloud",
      "high-quality": "cloud",
      private: "organisation",
    };
    const others = (["standard", "high-quality", "private"] as const).map((tier): TierStatus => {
      const config = this.providers.find(({ name }) => name === this.choices[tier]);
      if (!config) return { ...local, tier, available: false, reach: usual[tier], model: null };
      return {
        tier,
        available: true,
        reach: config.reach,
        provider: config.name,
        vendor: config.vendor,
        model: config.model,
        host: hostOf(config),
      };
    });
    return [local, ...others];
  }

  #report(wanted: string = month) {
    const rows = this.spend.filter(({ day }) => day.startsWith(wanted));
    const currencies = [...new Set(rows.map(({ currency }) => currency))];
    const totals = currencies.map((currency) => {
      const micros = rows
        .filter((row) => row.currency === currency)
        .reduce((sum, row) => sum + row.micros, 0);
      return { currency, micros, forecastMicros: Math.round((micros / today.getDate()) * 31) };
    });
    const spent = (totals.find(({ currency }) => currency === this.budget.currency)?.micros ?? 0) / 1e6;
    const { warnAt, stopAt } = this.budget;
    const state =
      warnAt === null && stopAt === null
        ? ("none" as const)
        : stopAt !== null && spent >= stopAt
          ? ("stopped" as const)
          : warnAt !== null && spent >= warnAt
            ? ("warning" as const)
            : ("below" as const);
    const notCounted = state === "none" ? [] : currencies.filter((one) => one !== this.budget.currency);
    const spentMicros = totals.find(({ currency }) => currency === this.budget.currency)?.micros ?? 0;
    return { month: wanted, rows, totals, budget: this.budget, state, spentMicros, notCounted };
  }

  #examples() {
    return this.#needs
      .suggestions()
      .filter(({ accepted }) => accepted)
      .map(({ id, request, text }) => ({
        id,
        request,
        answer: text,
        masked: null,
        tokens: Math.ceil((request.length + text.length) / 3.6),
        characters: request.length + text.length,
      }));
  }

  #find(name: string): ProviderConfig {
    const found = this.providers.find((config) => config.name === name);
    if (!found) throw new AppError("not-found", { facts: { provider: name } });
    return found;
  }
  #change(jobId: string, change: Partial<FineTuneJob>): FineTuneJob {
    const job = this.jobs.find((one) => one.jobId === jobId);
    if (!job) throw new AppError("not-found");
    const next = { ...job, ...change };
    this.jobs = this.jobs.map((one) => (one.jobId === jobId ? next : one));
    return next;
  }

  handlers(): Pick<Handlers, CloudRoute> {
    return {
      "providers.vendors": (): VendorCard[] => fakeVendors,
      "providers.list": () => this.providers,
      "providers.save": ({ config, secrets }) => {
        const before = this.providers.find(({ name }) => name === config.name);
        const saved: ProviderConfig = {
          ...config,
          reach: reachOfFake(config),
          headerNames: Object.keys(secrets.headers ?? {}),
          hasApiKey: (before?.hasApiKey ?? false) || Boolean(secrets.apiKey),
          hasCertificateAuthority: Boolean(secrets.certificateAuthority),
          hasClientCertificate: Boolean(secrets.clientCertificate),
        };
        this.providers = [...this.providers.filter(({ name }) => name !== config.name), saved];
        return saved;
      },
      "providers.remove": ({ name }) => {
        this.providers = this.providers.filter((config) => config.name !== name);
        for (const tier of ["standard", "high-quality", "private"] as const)
          if (this.choices[tier] === name) this.choices = { ...this.choices, [tier]: null };
      },
      "providers.test": ({ name }) => {
        const config = this.#find(name);
        const isRefused = config.name.includes("wrong");
        const shipped = fakeVendors.find(({ vendor }) => vendor === config.vendor)?.shippedModels ?? [];
        const models = isRefused ? [] : shipped.length > 0 ? shipped : ["Qwen/Qwen3-8B"];
        return {
          failure: isRefused ? { code: "provider-auth", facts: { reason: "key-or-region" } } : null,
          models: [...models],
          modelListed: isRefused ? null : models.includes(config.model),
          milliseconds: 184,
        };
      },
      "tiers.list": () => this.statuses(),
      "tiers.choices": () => this.choices,
      "tiers.set": ({ tier, provider }) => {
        this.choices = { ...this.choices, [tier]: provider };
        return this.statuses();
      },
      "costs.report": ({ month: wanted }) => this.#report(wanted),
      "costs.set-budget": (budget) => {
        this.budget = budget;
        return this.#report();
      },
      "costs.prices": () => this.#prices(),
      "costs.set-price": ({ provider, price }) => {
        if (price === null) this.prices.delete(provider);
        else this.prices.set(provider, { ...price, asOf: today.toISOString().slice(0, 10) });
        return this.#prices();
      },
      "costs.forecast": ({ queriesPerDay, inputTokens, outputTokens, daysPerMonth }) =>
        this.statuses().map(({ tier, provider, model, reach }) => {
          const amount =
            (queriesPerDay * daysPerMonth * (inputTokens * 0.4 + outputTokens * 1.2)) / 1_000_000;
          const factor = tier === "high-quality" ? 4 : 1;
          return {
            tier,
            provider,
            model,
            monthly:
              reach === "cloud" && provider !== null
                ? { amount: amount * factor, currency: "USD" as const }
                : null,
            priceAsOf: reach === "cloud" && provider !== null ? "2026-10-07" : null,
          };
        }),
      "costs.estimate": ({ text, tier, pasted = "" }) => ({
        inputTokens: 940 + Math.ceil((text.length + pasted.length) / 3.6),
        outputTokens: 900,
        exact: tier !== "private",
        cost: tier === "private" ? null : { amount: 0.0014, currency: "USD" },
      }),
      "ledger.list": ({ offset, limit }) => ({
        rows: this.ledger.slice(offset, offset + limit),
        total: this.ledger.length,
      }),
      "ledger.payload": ({ id }) => ({
        text: this.#payloadOf(id),
      }),
      "ledger.forget": ({ id }) => {
        const forgotten = this.ledger.filter(
          (row) => (id === null || row.id === id) && this.#payloadOf(row.id),
        );
        this.ledger = this.ledger.map((row) =>
          forgotten.includes(row) ? { ...row, forgottenAt: today.getTime() } : row,
        );
        return { forgotten: forgotten.length };
      },
      "fine-tune.examples": () => ({ examples: this.#examples(), leftOut: [] }),
      "fine-tune.export": ({ exampleIds }) => ({ saved: true, examples: exampleIds.length }),
      "fine-tune.quote": ({ epochs, exampleIds }) => {
        const tokens = this.#examples()
          .filter(({ id }) => exampleIds.includes(id))
          .reduce((sum, example) => sum + example.tokens, 0);
        return {
          examples: exampleIds.length,
          tokens,
          epochs,
          cost: { amount: (tokens * epochs * 6) / 1e6, currency: "CNY" },
          priceAsOf: "2026-10-07",
        };
      },
      "fine-tune.start": ({ name, model }) => {
        const job: FineTuneJob = {
          jobId: `ft-${this.jobs.length + 1}`,
          name,
          baseModel: model,
          state: "pending",
          createdAt: today.getTime(),
          tunedModel: null,
          deployment: null,
        };
        this.jobs = [job, ...this.jobs];
        return job;
      },
      "fine-tune.jobs": () => this.jobs,
      "fine-tune.cancel": ({ jobId }) => this.#change(jobId, { state: "cancelled" }),
      "fine-tune.deploy": ({ jobId }) =>
        this.#change(jobId, { deployment: { model: `tuned-${jobId}`, state: "running" } }),
      "fine-tune.use": ({ provider }) => {
        this.choices = { ...this.choices, "high-quality": provider };
        return this.statuses();
      },
      "fine-tune.remove": ({ jobId }) => {
        this.jobs = this.jobs.filter((job) => job.jobId !== jobId);
      },
    };
  }

  #payloadOf(id: number): string | null {
    const row = this.ledger.find((one) => one.id === id);
    if (row === undefined) throw new AppError("not-found");
    if (row.method === "GET") return "";
    return row.forgottenAt === null ? fakePayload : null;
  }

  #fill(): void {
    const base = {
      auth: { scheme: "bearer" as const },
      headerNames: [],
      hasApiKey: true,
      hasCertificateAuthority: false,
      hasClientCertificate: false,
      skipModelListing: false,
      thinking: { enabled: false },
    };
    this.providers = [
      {
        ...base,
        name: "qwen-frankfurt",
        vendor: "qwen",
        model: "qwen-plus",
        region: "frankfurt",
        workspace: "ws-mara",
        scope: "eu",
        reach: "cloud",
      },
      { ...base, name: "gemini", vendor: "gemini", model: "gemini-2.5-pro", reach: "cloud" },
      {
        ...base,
        name: "our-vllm",
        vendor: "vllm",
        model: "Qwen/Qwen3-32B",
        baseUrl: "https://llm.example.internal/v1",
        reach: "organisation",
        headerNames: ["X-Team"],
        hasCertificateAuthority: true,
      },
    ];
    this.choices = { standard: "qwen-frankfurt", "high-quality": "gemini", private: "our-vllm" };
    this.budget = { warnAt: 15, stopAt: 25, currency: "USD", rates: [] };
    this.spend = fakeSpend();
    this.ledger = fakeLedger();
    this.jobs = [
      {
        jobId: "ft-3",
        name: "letters",
        baseModel: "qwen3-14b",
        state: "running",
        createdAt: today.getTime() - 3_600_000,
        tunedModel: null,
        deployment: null,
        progress: 0.42,
        tokens: null,
      },
      {
        jobId: "ft-2",
        name: "minutes",
        baseModel: "qwen3-8b",
        state: "succeeded",
        createdAt: today.getTime() - 90_000_000,
        tunedModel: "qwen3-8b-ft-2",
        deployment: { model: "qwen3-8b-ft-2", state: "running" },
        progress: 1,
        tokens: 182_400,
      },
      {
        jobId: "ft-1",
        name: "first-try",
        baseModel: "qwen3-8b",
        state: "failed",
        createdAt: today.getTime() - 190_000_000,
        tunedModel: null,
        deployment: null,
        message: "The training file has 3 lines; at least 10 are needed.",
      },
    ];
  }
}

const fakePayload = JSON.stringify(
  {
    model: "qwen-plus",
    stream: true,
    messages: [
      { role: "system", content: "Answer from the numbered passages only." },
      {
        role: "user",
        content:
          "[1] Either party may end the agreement with three months' notice …\n\nHow long is the notice period?",
      },
    ],
  },
  null,
  2,
);

function fakeSpend(): SpendRow[] {
  const rows: SpendRow[] = [];
  for (let day = 1; day <= 14; day += 1) {
    if (day % 7 === 4) continue;
    const requests = 6 + ((day * 5) % 17);
    const shared = { day: `${month}-${String(day).padStart(2, "0")}`, requests };
    rows.push({
      ...shared,
      provider: "qwen-frankfurt",
      model: "qwen-plus",
      tier: "standard",
      inputTokens: requests * 1_240,
      outputTokens: requests * 310,
      micros: requests * 61_000,
      currency: "USD",
      estimated: day === 9,
    });
    if (day % 3 === 0)
      rows.push({
        ...shared,
        provider: "gemini",
        model: "gemini-2.5-pro",
        tier: "high-quality",
        inputTokens: requests * 1_900,
        outputTokens: requests * 720,
        micros: requests * 74_500,
        currency: "USD",
        estimated: false,
      });
    if (day === 6)
      rows.push({
        ...shared,
        provider: "qwen-beijing",
        model: "qwen-max",
        tier: "standard",
        inputTokens: 8_200,
        outputTokens: 2_100,
        micros: 412_000,
        currency: "CNY",
        estimated: false,
      });
  }
  return rows;
}

function fakeLedger(): LedgerRow[] {
  const outcomes = [
    "completed",
    "completed",
    "cancelled",
    "completed",
    "failed",
    "completed",
    "refused",
  ] as const;
  return Array.from({ length: 64 }, (_, index): LedgerRow => {
    const outcome = index === 0 ? "open" : (outcomes[index % outcomes.length] ?? "completed");
    const isList = index % 9 === 5;
    const isOwn = index % 4 === 3;
    return {
      id: 64 - index,
      requestId: `request-${64 - index}`,
      time: today.getTime() - index * 2_940_000,
      origin: isOwn ? "https://llm.example.internal" : "https://ws-mara.eu-central-1.maas.aliyuncs.com",
      method: isList ? "GET" : "POST",
      path: isList ? "/v1/models" : "/compatible-mode/v1/chat/completions",
      purpose: isList ? "list-models" : "suggest",
      tier: isList ? null : isOwn ? "private" : "standard",
      bytesSent: isList || outcome === "refused" ? 0 : 5_200 + index * 37,
      bytesReceived: outcome === "refused" || outcome === "open" ? 0 : 14_800 + index * 91,
      outcome,
      status: outcome === "completed" || outcome === "cancelled" ? 200 : outcome === "failed" ? 429 : null,
      milliseconds: outcome === "open" || outcome === "refused" ? null : 1_240 + index * 13,
      payloadHash: index.toString(16).padStart(64, "0"),
      forgottenAt: null,
    };
  });
}
