import { fakeTokens } from "../../../e2e/fakes/chat-events.ts";
import { framings, type Framing } from "../../../e2e/fakes/framings.ts";
import type { FakeKind } from "../../../e2e/fakes/kinds.ts";
import {
  startProviderFake,
  type ProviderFake,
  type ProviderFakeOptions,
} from "../../../e2e/fakes/provider-fake.ts";
import type { ProviderConfig, ProviderSecrets, Vendor } from "../../contract/providers.ts";
import type { Provider } from "../provider.ts";
import { makeProvider } from "../registry.ts";
import { usualRetries } from "../wire/retry.ts";
import type { WireFetch } from "../wire/wire-fetch.ts";
import { makeGatedFetch, makeTestClock, type GatedFetch } from "./gated-fetch.ts";

/** The vendor row that speaks to each kind of fake. */
export const vendorOf: Readonly<Record<FakeKind, Vendor>> = {
  dashscope: "qwen",
  vllm: "vllm",
  sglang: "sglang",
  "llama-cpp": "llama-cpp",
  "llama-cpp-python": "openai-compatible",
  ollama: "ollama",
  "lm-studio": "lm-studio",
  "pai-eas": "pai-eas",
};

/** Settings as a person would have made them for this server. */
export function configFor(fake: ProviderFake, changes: Partial<ProviderConfig> = {}): ProviderConfig {
  return {
    name: `${fake.kind}-fake`,
    vendor: vendorOf[fake.kind],
    // A model of the "on" group, so that every way of thinking can be asked of it.
    model: fake.models[0] ?? "",
    baseUrl: fake.baseUrl,
    reach: "device",
    auth: { scheme: "bearer" },
    headerNames: [],
    hasApiKey: fake.apiKey !== null,
    hasCertificateAuthority: false,
    hasClientCertificate: false,
    skipModelListing: false,
    thinking: { enabled: false },
    ...changes,
  };
}

/** The adapter for a fake, made by the registry as the application makes it. */
export function providerFor(
  fake: ProviderFake,
  fetch: WireFetch,
  changes: Partial<ProviderConfig> = {},
  more: {
    readonly secrets?: ProviderSecrets;
    readonly tries?: number;
    readonly clock?: ReturnType<typeof makeTestClock>;
  } = {},
): Provider {
  return makeProvider(
    configFor(fake, changes),
    more.secrets ?? { ...(fake.apiKey !== null && { apiKey: fake.apiKey }) },
    fetch,
    {
      clock: more.clock ?? makeTestClock(),
      now: Date.now,
      countTokens: fakeTokens,
      retries: { ...usualRetries, tries: more.tries ?? usualRetries.tries },
    },
  );
}

export const rigModel = "qwen3.8-flash";

/** A fake, the gate and the adapter between them; one fake more for each framing. */
export async function openRig(kind: FakeKind, options: ProviderFakeOptions = {}) {
  const gated = makeGatedFetch();
  const fakes: ProviderFake[] = [];
  const start = async (more: ProviderFakeOptions = {}) => {
    const fake = await startProviderFake(kind, { models: [rigModel, "other-model"], ...options, ...more });
    fakes.push(fake);
    return fake;
  };
  const fake = await start();
  const cut: { name: string; provider: Provider }[] = [];
  for (const framing of Object.keys(framings) as Framing[])
    cut.push({ name: framing, provider: providerFor(await start({ framing }), gated.fetch) });
  return {
    fake,
    gated,
    framings: cut,
    provider: providerFor(fake, gated.fetch),
    openStreams: () => settled(fake, gated),
    close: async () => {
      await gated.close();
      for (const one of fakes) await one.close();
    },
  };
}

/** Streams open on the other side, once its sockets have had a moment to say goodbye. */
async function settled(fake: ProviderFake, gated: GatedFetch): Promise<number> {
  for (let turn = 0; turn < 50 && fake.counts.openStreams > 0; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
  return Math.max(fake.counts.openStreams, gated.rows.filter((row) => row.end === undefined).length);
}
