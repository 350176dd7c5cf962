import { AppError } from "../../contract/errors.ts";
import { exampleCall, providerContract } from "./provider-contract.ts";
import { makeFakeProvider, type FakeStep } from "./fake-provider.ts";

const script: readonly FakeStep[] = [
  { type: "reasoning", text: "The contract says " },
  { type: "reasoning", text: "thirty days." },
  { type: "text", text: "Thirty " },
  { type: "text", text: "days [1]." },
  { type: "finish", reason: "stop" },
];

providerContract("the fake provider", async () => {
  const provider = makeFakeProvider({ script: () => script });
  const failing = (code: "provider-auth" | "provider-rate-limited", retryAfter?: number) =>
    makeFakeProvider({ script: () => [{ type: "fail", error: new AppError(code, { retryAfter }) }] });
  return {
    provider,
    call: exampleCall(),
    reply: "Thirty days [1].",
    reasoning: "The contract says thirty days.",
    openStreams: () => provider.open,
    failures: [
      { name: "a refused key", provider: failing("provider-auth"), code: "provider-auth", retryAfter: null },
      {
        name: "too many requests",
        provider: failing("provider-rate-limited", 7000),
        code: "provider-rate-limited",
        retryAfter: 7000,
      },
      {
        name: "a stream that just ends",
        provider: makeFakeProvider({ script: () => [{ type: "text", text: "Half" }] }),
        code: "provider-interrupted",
      },
    ],
  };
});
