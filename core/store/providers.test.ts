import { expect, test } from "vitest";
import type { ProviderConfig } from "../contract/providers.ts";
import { deleteProvider, listProviders, providerSecretsOf, putProvider } from "./providers.ts";
import { insertSpend, sumSpend } from "./spend.ts";
import type { Booking } from "../contract/costs.ts";
import { openTestDatabase } from "./testing/test-database.ts";

const config: ProviderConfig = {
  name: "house",
  vendor: "vllm",
  model: "qwen3",
  baseUrl: "https://qwen.example.org/v1",
  reach: "organisation",
  auth: { scheme: "bearer" },
  headerNames: [],
  hasApiKey: true,
  hasCertificateAuthority: false,
  hasClientCertificate: false,
  skipModelListing: false,
  thinking: { enabled: false },
};

test("listing providers gives no secret away", () => {
  const db = openTestDatabase();
  putProvider(db, config, { apiKey: "sk-canary-0001" });
  expect(JSON.stringify(listProviders(db))).not.toContain("canary");
  expect(providerSecretsOf(db, "house")).toEqual({ apiKey: "sk-canary-0001" });
});

test("a removed provider takes its secrets with it", () => {
  const db = openTestDatabase();
  putProvider(db, config, { apiKey: "sk-canary-0001" });
  expect(deleteProvider(db, "house")).toBe(true);
  expect(providerSecretsOf(db, "house")).toBeNull();
  expect(deleteProvider(db, "house")).toBe(false);
});

test("spend is summed by day, provider, model and tier, in whole millionths, per currency", () => {
  const db = openTestDatabase();
  const spend: Booking = {
    entry: "first",
    requestId: "r1",
    time: 1,
    day: "2026-11-23",
    provider: "qwen",
    model: "qwen-plus",
    tier: "standard",
    inputTokens: 10,
    outputTokens: 20,
    micros: 333_333,
    currency: "CNY",
    estimated: false,
  };
  for (let i = 0; i < 3; i += 1) insertSpend(db, { ...spend, entry: `yuan ${i}` });
  insertSpend(db, { ...spend, entry: "dollars", currency: "USD", micros: 7, estimated: true });
  insertSpend(db, { ...spend, entry: "december", day: "2026-12-01" });
  expect(sumSpend(db, "2026-11-01", "2026-12-01")).toMatchObject([
    { requests: 3, inputTokens: 30, outputTokens: 60, micros: 999_999, currency: "CNY", estimated: false },
    { requests: 1, micros: 7, currency: "USD", estimated: true },
  ]);
  insertSpend(db, { ...spend, entry: "yuan 0" });
  expect(sumSpend(db, "2026-11-01", "2026-12-01")[0]?.requests, "a booking written twice").toBe(3);
});
