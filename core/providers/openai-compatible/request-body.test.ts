import { expect, test } from "vitest";
import type { Vendor } from "../../contract/providers.ts";
import { vendorRows } from "../registry.ts";
import { exampleCall } from "../testing/example-call.ts";
import { requestBody } from "./request-body.ts";

function bodyOf(vendor: Vendor, model: string, thinking: { enabled: boolean; budget?: number }) {
  const traits = vendorRows[vendor].traits?.(model);
  if (traits === undefined) throw new Error(`${vendor} has no traits`);
  return JSON.parse(requestBody(exampleCall({ model, thinking }), traits, 20_000)) as Record<string, unknown>;
}

test("an unknown server gets OpenAI's own fields and no other", () => {
  expect(bodyOf("openai-compatible", "any", { enabled: true })).toEqual({
    model: "any",
    messages: exampleCall().messages,
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0,
    max_tokens: 64 + 8192,
  });
});

const qwen = (model: string, enabled: boolean, budget?: number) => {
  const { enable_thinking, thinking_budget, max_tokens, max_completion_tokens } = bodyOf("qwen", model, {
    enabled,
    ...(budget !== undefined && { budget }),
  });
  return { enable_thinking, thinking_budget, max_tokens, max_completion_tokens };
};

test.each([
  // Thinks unless told not to; counts thoughts and answer together.
  ["qwen3.8-flash", false, undefined, { enable_thinking: false, max_completion_tokens: 64 }],
  [
    "qwen3.8-flash",
    true,
    1000,
    { enable_thinking: true, thinking_budget: 1000, max_completion_tokens: 1064 },
  ],
  [
    "qwen3.8-flash",
    true,
    undefined,
    { enable_thinking: true, thinking_budget: 8192, max_completion_tokens: 8256 },
  ],
  ["qwen3.7-plus-2026-05-26", false, undefined, { enable_thinking: false, max_completion_tokens: 64 }],
  // Thinks when told to; its limit does not count the thoughts.
  ["qwen-plus", false, undefined, { max_tokens: 64 }],
  ["qwen-plus", true, 500, { enable_thinking: true, thinking_budget: 500, max_tokens: 64 }],
  ["qwen3-max", false, undefined, { max_tokens: 64 }],
  // Open weights think unless told not to.
  ["qwen3-235b-a22b", false, undefined, { enable_thinking: false, max_tokens: 64 }],
  // Cannot be told.
  ["qwq-plus", false, undefined, { max_tokens: 64 }],
  ["qwen3-30b-a3b-thinking-2507", true, 300, { thinking_budget: 300, max_tokens: 64 }],
  // Cannot think: the field would be an error.
  ["qwen3-30b-a3b-instruct-2507", true, 300, { max_tokens: 64 }],
  ["qwen-max", false, undefined, { max_tokens: 64 }],
  // A deployed model of any name.
  ["house-style-v1", false, undefined, { max_tokens: 64 }],
])("hosted %s, thinking %s with budget %s", (model, enabled, budget, fields) => {
  expect(qwen(model, enabled, budget)).toEqual({
    enable_thinking: undefined,
    thinking_budget: undefined,
    max_tokens: undefined,
    max_completion_tokens: undefined,
    ...fields,
  });
});

test("private servers switch thinking each in their own way", () => {
  expect(bodyOf("vllm", "m", { enabled: true, budget: 100 })).toMatchObject({
    chat_template_kwargs: { enable_thinking: true },
    thinking_token_budget: 100,
    max_tokens: 164,
  });
  expect(bodyOf("sglang", "m", { enabled: false })).toMatchObject({
    chat_template_kwargs: { enable_thinking: false },
    max_tokens: 64,
  });
  expect(bodyOf("ollama", "m", { enabled: false })).toMatchObject({ reasoning_effort: "none" });
  expect(bodyOf("ollama", "m", { enabled: true })).not.toHaveProperty("reasoning_effort");
});

test("reasoning effort and budget are never sent together", () => {
  for (const vendor of ["qwen", "vllm", "ollama", "lm-studio"] as const) {
    const body = bodyOf(vendor, "qwen3.8-max", { enabled: true, budget: 10 });
    expect("reasoning_effort" in body && "thinking_budget" in body).toBe(false);
  }
});
