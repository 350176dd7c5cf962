import { describe, expect, test } from "vitest";
import { vendors, type ProviderConfig } from "../contract/providers.ts";
import { reaches } from "../contract/tiers.ts";
import { makeProvider, providerAddress, providerReach, vendorRows } from "./registry.ts";
import { makeTestClock } from "./testing/gated-fetch.ts";
import type { WireFetch } from "./wire/wire-fetch.ts";

const config = (changes: Partial<ProviderConfig>): ProviderConfig => ({
  name: "mine",
  vendor: "vllm",
  model: "m",
  reach: "device",
  auth: { scheme: "bearer" },
  headerNames: [],
  hasApiKey: true,
  hasCertificateAuthority: false,
  hasClientCertificate: false,
  skipModelListing: false,
  thinking: { enabled: false },
  ...changes,
});
const fetch: WireFetch = async () => {
  throw new Error("nothing is called here");
};
const deps = { clock: makeTestClock(), now: () => 0, countTokens: (text: string) => text.length };
const make = (changes: Partial<ProviderConfig>, apiKey: string | undefined = "sk-1") =>
  makeProvider(config(changes), { ...(apiKey !== undefined && { apiKey }) }, fetch, deps);

describe("where calls go", () => {
  test.each([
    [{ vendor: "qwen", region: "singapore" }, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"],
    [
      { vendor: "qwen", region: "frankfurt", workspace: "ws1" },
      "https://ws1.eu-central-1.maas.aliyuncs.com/compatible-mode/v1",
    ],
    [{ vendor: "gemini" }, "https://generativelanguage.googleapis.com/v1beta"],
    [{ vendor: "ollama" }, "http://127.0.0.1:11434/v1"],
    [{ vendor: "vllm", baseUrl: "https://llm.corp.example/qwen" }, "https://llm.corp.example/qwen/v1"],
  ] as const)("%j: %s", (changes, address) => {
    expect(providerAddress(config(changes))).toBe(address);
  });

  test.each([
    [{ vendor: "qwen" }, "region-needed"],
    [{ vendor: "qwen", region: "tokyo" }, "workspace-needed"],
    [{ vendor: "pai-eas" }, "address-needed"],
    [{ vendor: "openai-compatible" }, "address-needed"],
  ] as const)("%j says what is missing: %s", (changes, reason) => {
    expect(() => providerAddress(config(changes))).toThrow(
      expect.objectContaining({
        code: "provider-not-configured",
        facts: expect.objectContaining({ reason }),
      }),
    );
  });
});

describe("how far text goes follows from the address, not from the vendor's label", () => {
  const own = vendors.filter((vendor) => !vendorRows[vendor].isHosted);
  test.each([
    ["http://127.0.0.1:8000/v1", "device"],
    ["http://[::1]:8000", "device"],
    ["https://10.2.3.4/v1", "organisation"],
    ["https://llm.corp/v1", "organisation"],
    ["https://llm.corp.example", "cloud"],
    ["https://api.openai.com/v1", "cloud"],
    ["https://127.0.0.1.evil.example", "cloud"],
  ] as const)("%s: %s, whatever the settings claim", (baseUrl, reach) => {
    for (const vendor of own)
      for (const claimed of reaches) {
        const changes = { vendor, baseUrl, reach: claimed };
        expect([vendor, providerReach(config(changes))]).toEqual([vendor, reach]);
        expect(make(changes).capabilities.reach).toBe(reach);
      }
  });

  test("a hosted vendor is the cloud at any address", () => {
    for (const vendor of ["qwen", "gemini"] as const)
      expect(providerReach(config({ vendor, baseUrl: "http://127.0.0.1:8000", reach: "device" }))).toBe(
        "cloud",
      );
  });
});

test("every vendor of the contract has a row, and its provider is made from settings alone", () => {
  for (const vendor of vendors) {
    const provider = make({
      vendor,
      region: "beijing",
      baseUrl: vendorRows[vendor].usualAddress ?? "https://host.example/v1",
    });
    expect(provider.id).toBe("mine");
    expect(provider.capabilities.maxInputTokens).toBeGreaterThan(0);
  }
});

test.each(vendors.filter((vendor) => vendorRows[vendor].needsKey))(
  "%s is not made without its key",
  (vendor) => {
    expect(() => make({ vendor, region: "beijing", baseUrl: "https://host.example/v1" }, "  ")).toThrow(
      expect.objectContaining({ code: "provider-not-configured", facts: { reason: "key-needed" } }),
    );
  },
);

test("limits of the settings go before the row's", () => {
  const { capabilities } = make({ maxInputTokens: 32_000, maxOutputTokens: 2000 });
  expect([capabilities.maxInputTokens, capabilities.maxOutputTokens]).toEqual([32_000, 2000]);
});
