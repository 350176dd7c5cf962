import { expect, onTestFinished, test } from "vitest";
import { startProviderFake } from "../../e2e/fakes/provider-fake.ts";
import type { Vendor } from "../contract/providers.ts";
import { suggestRequest } from "../contract/suggest.ts";
import { estimate } from "./estimate.ts";
import { never } from "../tiers/testing/tier-parts.ts";
import { draftOf, collect, makeTierRig } from "../tiers/testing/make-tier-rig.ts";

const rows: readonly (readonly [Vendor, model: string, thinks: boolean])[] = [
  ["qwen", "qwen-plus", false],
  ["qwen", "qwen-plus", true],
  ["qwen", "qwen2.5-72b-instruct", true],
  ["vllm", "contract-model", true],
  ["ollama", "contract-model", false],
  // Their server speaks the same protocol; they have no switch for thoughts.
  ["openai-compatible", "contract-model", false],
  ["openai-compatible", "contract-model", true],
];

test.each(rows)(
  "what a person is told before sending is what the budget is asked for, to the millionth (%s, %s, thinking: %s)",
  async (vendor, model, enabled) => {
    const rig = makeTierRig();
    const fake = await startProviderFake(vendor === "qwen" ? "dashscope" : "vllm", {
      thoughts: "",
      apiKey: "fake-key",
      models: [model],
    });
    onTestFinished(() => fake.close());
    const config = { name: "one", vendor, model, thinking: { enabled }, baseUrl: fake.baseUrl } as const;
    const region = vendor === "qwen" ? ({ region: "singapore" } as const) : {};
    await rig.tiers.providers.save(draftOf({ ...config, ...region }), never());
    await rig.tiers.setPrice(
      { provider: "one", price: { currency: "USD", input: 1000, output: 2000 } },
      never(),
    );
    await rig.tiers.chooseTier("standard", "one", never());
    const request = suggestRequest.parse({
      id: "r1",
      text: "How long is the notice period?",
      tier: "standard",
    });
    const { cost } = await estimate(request, rig.tiers, rig.pipeline, never());
    const told = Math.round((cost?.amount ?? 0) * 1e6);
    const endUnder = async (micros: number) => {
      const budget = { warnAt: null, stopAt: micros / 1e6, currency: "USD" } as const;
      await rig.tiers.setBudget({ ...budget, rates: [] }, never());
      return (await collect(rig.stream({}))).at(-1);
    };
    expect(await endUnder(told - 1)).toMatchObject({ failure: { code: "budget-exceeded" } });
    expect(fake.counts.requests).toBe(0);
    expect(await endUnder(told)).toMatchObject({ type: "suggest-end" });
  },
);
