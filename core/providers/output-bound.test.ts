import { describe, expect, test } from "vitest";
import type { AppError } from "../contract/errors.ts";
import { vendors, type Vendor } from "../contract/providers.ts";
import type { ProviderCall } from "./provider.ts";
import { makeProvider } from "./registry.ts";
import { exampleCall } from "./testing/example-call.ts";
import { makeTestClock } from "./testing/gated-fetch.ts";

interface Fields {
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly thinking_budget?: number;
  readonly thinking_token_budget?: number;
  readonly enable_thinking?: boolean;
  readonly chat_template_kwargs?: { readonly enable_thinking: boolean };
  readonly reasoning_effort?: string;
  readonly generationConfig?: { readonly maxOutputTokens: number };
}

/** The body that an adapter sends for a call, and what it says the call may write. */
async function sentFor(vendor: Vendor, call: ProviderCall) {
  let body = "";
  const provider = makeProvider(
    {
      name: "any",
      vendor,
      model: call.model,
      baseUrl: "https://server.example/v1",
      reach: "cloud",
      auth: { scheme: "bearer" },
      headerNames: [],
      hasApiKey: true,
      hasCertificateAuthority: false,
      hasClientCertificate: false,
      skipModelListing: false,
      thinking: { enabled: false },
    },
    { apiKey: "key" },
    async (_address, request) => {
      body = String(request.body);
      return { status: 400, headers: new Map(), body: nothing() };
    },
    { clock: makeTestClock(), now: () => 0, countTokens: (text) => text.length },
  );
  const parts = provider.stream(call, new AbortController().signal)[Symbol.asyncIterator]();
  await expect(parts.next()).rejects.toSatisfy((error: AppError) => error.code === "provider-bad-request");
  return { fields: JSON.parse(body) as Fields, bound: provider.outputBound(call) };
}
async function* nothing(): AsyncGenerator<Uint8Array> {}

const models: Readonly<Partial<Record<Vendor, readonly string[]>>> = {
  qwen: ["qwen3.8-max", "qwen-plus", "qwq-plus", "qwen3-30b-a3b-instruct-2507", "house-style-v1", "qwen3-8b"],
  gemini: ["gemini-3.8-flash", "gemini-2.5-pro", "gemini-2.5-flash", "gemini-1.5-pro"],
};
const thinkings = [{ enabled: false }, { enabled: true }, { enabled: true, budget: 500 }] as const;
const cases = vendors.flatMap((vendor) =>
  (models[vendor] ?? ["any-model"]).flatMap((model) =>
    thinkings.map((thinking) => ({ vendor, model, thinking })),
  ),
);

describe("what was reserved is never less than what the request lets the server write", () => {
  test.each(cases)("$vendor $model $thinking", async ({ vendor, model, thinking }) => {
    const { fields, bound } = await sentFor(vendor, exampleCall({ model, thinking, maxOutputTokens: 800 }));
    const limit =
      fields.max_tokens ?? fields.max_completion_tokens ?? fields.generationConfig?.maxOutputTokens;
    expect(limit).toBe(bound.limit);
    const thoughts = fields.thinking_budget ?? fields.thinking_token_budget ?? null;
    expect(thoughts).toBe(bound.thoughts);
    // Only hosted Qwen's older families count thoughts beside the limit.
    const isBeside = vendor === "qwen" && fields.max_tokens !== undefined;
    expect(bound.most).toBeGreaterThanOrEqual(800 + (isBeside ? (thoughts ?? 0) : 0));
    expect(bound.most).toBeGreaterThanOrEqual(bound.limit);
    const isSwitchedOff = fields.enable_thinking === false || /instruct/.test(model) || model === "qwen-plus";
    if (isBeside && thoughts === null && !isSwitchedOff) expect(bound.most).toBeGreaterThan(80_000);
    if (thoughts !== null || fields.enable_thinking === true) expect(bound.mayThink).toBe(true);
  });

  test("a model that thinks although nobody asked it to is reserved with room for its thoughts", async () => {
    const { bound } = await sentFor(
      "gemini",
      exampleCall({ model: "gemini-3.8-flash", maxOutputTokens: 800 }),
    );
    expect(bound).toEqual({ limit: 4896, thoughts: null, most: 4896, mayThink: true });
  });
});
