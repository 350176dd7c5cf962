import type { cloudRoutes } from "../../core/contract/cloud-routes.ts";
import type { SpendReport, SpendRow } from "../../core/contract/costs.ts";
import { AppError } from "../../core/contract/errors.ts";
import type { FineTuneExample, FineTuneJob } from "../../core/contract/fine-tune.ts";
import type { LedgerRow } from "../../core/contract/ledger.ts";
import { qwenRegions, vendors, type ProviderConfig, type TierStatus } from "../../core/contract/providers.ts";
import type { Handlers } from "../../core/contract/routes.ts";
import type { Settings } from "../../core/contract/settings.ts";

export interface FakeCloudOptions {
  readonly settings: () => Settings;
  readonly change: (patch: Partial<Settings>) => void;
}

/** Providers, costs and the ledger in memory, enough for the screens that show them. */
export function makeFakeCloud(options: FakeCloudOptions): Pick<Handlers, keyof typeof cloudRoutes> {
  let providers: ProviderConfig[] = [];
  let jobs: FineTuneJob[] = [];
  const rows: SpendRow[] = Array.from({ length: 12 }, (_, index) => ({
    day: `2026-11-${String(index * 2 + 1).padStart(2, "0")}`,
    provider: index % 3 === 0 ? "house" : "qwen",
    model: index % 3 === 0 ? "qwen3-32b" : "qwen-plus",
    tier: index % 3 === 0 ? "private" : "standard",
    requests: 3 + ((index * 7) % 11),
    inputTokens: 9000 + index * 713,
    outputTokens: 2100 + index * 97,
    micros: index % 3 === 0 ? 0 : 31_400 + index * 2_900,
    currency: "USD",
    estimated: index % 4 === 0,
  }));
  const ledger: LedgerRow[] = Array.from({ length: 40 }, (_, index) => ({
    id: 40 - index,
    requestId: `request-${40 - index}`,
    time: Date.UTC(2026, 10, 23, 9, 0) - index * 3_700_000,
    origin: index % 3 === 0 ? "https://qwen.example.org" : "https://dashscope-intl.aliyuncs.com",
    method: "POST",
    path: "/v1/chat/completions",
    purpose: index % 9 === 8 ? "health" : "suggest",
    tier: index % 3 === 0 ? "private" : "standard",
    bytesSent: 3600 + index * 41,
    bytesReceived: index % 7 === 6 ? 0 : 2200 + index * 13,
    outcome: index % 7 === 6 ? "refused" : index % 11 === 10 ? "cancelled" : "completed",
    status: index % 7 === 6 ? null : 200,
    milliseconds: 900 + index * 17,
  }));
  const examples: FineTuneExample[] = [1, 2, 3].map((id) => ({
    id,
    request: `Write to the tenant about the notice period (${id}).`,
    answer: "The notice period is three months to the end of a quarter.",
    masked: null,
    tokens: 84 + id,
    characters: 118,
  }));

  function statuses(): TierStatus[] {
    const { tiers, generationModel } = options.settings();
    const local = {
      tier: "local",
      available: true,
      reach: "device",
      provider: null,
      vendor: null,
      model: generationModel,
      host: null,
    } as const;
    const chosen = (["standard", "high-quality", "private"] as const).map((tier): TierStatus => {
      const config = providers.find(({ name }) => name === tiers[tier]);
      const usual = tier === "private" ? "organisation" : "cloud";
      return {
        tier,
        available: config !== undefined,
        reach: config?.reach ?? usual,
        provider: config?.name ?? null,
        vendor: config?.vendor ?? null,
        model: config?.model ?? null,
        host:
          config === undefined ? null : new URL(config.baseUrl ?? "https://dashscope-intl.aliyuncs.com").host,
      };
    });
    return [local, ...chosen];
  }
  function report(): SpendReport {
    const { budget } = options.settings();
    const micros = rows.reduce((sum, row) => sum + row.micros, 0);
    const isOver = (limit: number | null) => limit !== null && micros >= limit * 1_000_000;
    const isSet = budget.warnAt !== null || budget.stopAt !== null;
    return {
      month: "2026-11",
      rows,
      totals: [{ currency: "USD", micros, forecastMicros: Math.round((micros * 30) / 23) }],
      budget,
      state: isOver(budget.stopAt) ? "stopped" : isOver(budget.warnAt) ? "warning" : isSet ? "below" : "none",
      notCounted: [],
    };
  }
  function changeJob(jobId: string, change: Partial<FineTuneJob>): FineTuneJob {
    const job = jobs.find((one) => one.jobId === jobId);
    if (job === undefined) throw new AppError("not-found");
    const next = { ...job, ...change };
    jobs = jobs.map((one) => (one === job ? next : one));
    return next;
  }

  return {
    "providers.vendors": () =>
      vendors.map((vendor) => ({
        vendor,
        name: vendor,
        needsBaseUrl: vendor === "pai-eas" || vendor === "openai-compatible",
        needsApiKey: vendor === "qwen" || vendor === "gemini" || vendor === "pai-eas",
        usualBaseUrl: vendor === "vllm" ? "http://127.0.0.1:8000/v1" : null,
        regions:
          vendor === "qwen"
            ? qwenRegions.map((region) => ({
                region,
                dataAtRest: region,
                inference: ["global"],
                needsWorkspace: region === "frankfurt" || region === "tokyo",
              }))
            : [],
        shippedModels: vendor === "qwen" ? ["qwen-plus", "qwen3.8-max"] : [],
        terms: vendor === "qwen" ? [{ key: "qwen-training", asOf: "2026-10-11" }] : [],
      })),
    "providers.list": () => providers,
    "providers.save": ({ config, secrets }) => {
      const isHosted = config.vendor === "qwen" || config.vendor === "gemini";
      const saved: ProviderConfig = {
        ...config,
        reach: isHosted ? "cloud" : "organisation",
        headerNames: Object.keys(secrets.headers ?? {}),
        hasApiKey: secrets.apiKey !== undefined,
        hasCertificateAuthority: secrets.certificateAuthority !== undefined,
        hasClientCertificate: secrets.clientCertificate !== undefined,
      };
      providers = [...providers.filter(({ name }) => name !== saved.name), saved];
      return saved;
    },
    "providers.remove": ({ name }) => {
      providers = providers.filter((provider) => provider.name !== name);
    },
    "providers.test": ({ name }) => {
      const config = providers.find((provider) => provider.name === name);
      return config?.hasApiKey === false && config.vendor === "qwen"
        ? { failure: { code: "provider-auth" }, models: [], modelListed: null, milliseconds: 212 }
        : { failure: null, models: ["qwen-plus", "qwen3.8-max"], modelListed: true, milliseconds: 348 };
    },
    "tiers.list": statuses,
    "tiers.choices": () => options.settings().tiers,
    "tiers.set": ({ tier, provider }) => {
      options.change({ tiers: { ...options.settings().tiers, [tier]: provider } });
      return statuses();
    },
    "costs.report": report,
    "costs.set-budget": (budget) => {
      options.change({ budget });
      return report();
    },
    "costs.forecast": (use) =>
      statuses().map(({ tier, provider, model }, index) => ({
        tier,
        provider,
        model,
        monthly:
          tier === "local"
            ? { amount: 0, currency: "USD" as const }
            : provider === null
              ? null
              : {
                  amount:
                    (use.queriesPerDay *
                      use.daysPerMonth *
                      (use.inputTokens + use.outputTokens * 4) *
                      index) /
                    1e6,
                  currency: "USD" as const,
                },
        priceAsOf: provider === null ? null : "2026-10-09",
      })),
    "costs.estimate": ({ tier, text }) =>
      tier === "local"
        ? { inputTokens: 0, outputTokens: 0, exact: true, cost: null }
        : {
            inputTokens: 1400 + text.length,
            outputTokens: 800,
            exact: false,
            cost: { amount: 0.0021, currency: "USD" },
          },
    "ledger.list": ({ offset, limit }) => ({
      rows: ledger.slice(offset, offset + limit),
      total: ledger.length,
    }),
    "ledger.payload": ({ id }) => ({
      text: `{"model":"qwen-plus","messages":[{"role":"user","content":"${id}"}]}`,
    }),
    "fine-tune.examples": () => examples,
    "fine-tune.export": ({ exampleIds }) => ({ saved: true, examples: exampleIds.length }),
    "fine-tune.quote": ({ exampleIds, epochs }) => ({
      examples: exampleIds.length,
      tokens: exampleIds.length * 85,
      epochs,
      cost: { amount: exampleIds.length * 85 * epochs * 6e-6, currency: "CNY" },
      priceAsOf: "2026-05-30",
    }),
    "fine-tune.start": ({ model, name }) => {
      const job: FineTuneJob = {
        jobId: `ft-${jobs.length + 1}`,
        name,
        baseModel: model,
        state: "running",
        createdAt: Date.UTC(2026, 10, 23),
        tunedModel: null,
        deployment: null,
        progress: 0.4,
      };
      jobs = [job, ...jobs];
      return job;
    },
    "fine-tune.jobs": () => jobs,
    "fine-tune.cancel": ({ jobId }) => changeJob(jobId, { state: "cancelled" }),
    "fine-tune.deploy": ({ jobId }) =>
      changeJob(jobId, {
        state: "succeeded",
        tunedModel: jobId,
        deployment: { model: jobId, state: "running" },
      }),
    "fine-tune.use": statuses,
    "fine-tune.remove": ({ jobId }) => {
      jobs = jobs.filter((job) => job.jobId !== jobId);
    },
  };
}
