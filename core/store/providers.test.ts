import { expect, test } from "vitest";
import type { ProviderConfig } from "../contract/providers.ts";
import {
  beginLedgerRow,
  endLedgerRow,
  interruptLedgerRows,
  ledgerPayload,
  listLedgerRows,
} from "./ledger.ts";
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

const call = {
  requestId: "r1",
  time: 1000,
  origin: "https://qwen.example.org",
  method: "POST",
  path: "/v1/chat/completions",
  purpose: "suggest",
  tier: "private",
  bytesSent: 5,
  payload: new TextEncoder().encode("hello"),
} as const;

test("a call that never ended stays open in the ledger, with its payload", () => {
  const db = openTestDatabase();
  const id = beginLedgerRow(db, call);
  expect(listLedgerRows(db, {}, 0, 10)).toMatchObject([
    { id, outcome: "open", bytesSent: 5, bytesReceived: 0 },
  ]);
  expect(new TextDecoder().decode(ledgerPayload(db, id) as Uint8Array)).toBe("hello");
});

test("a row that has ended cannot be ended again", () => {
  const db = openTestDatabase();
  const id = beginLedgerRow(db, call);
  endLedgerRow(db, id, { bytesReceived: 7, outcome: "completed", status: 200, milliseconds: 3 });
  endLedgerRow(db, id, { bytesReceived: 0, outcome: "cancelled", status: null, milliseconds: 9 });
  expect(listLedgerRows(db, { requestId: "r1" }, 0, 10)).toMatchObject([
    { outcome: "completed", bytesReceived: 7 },
  ]);
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

test("a row that a crash left open is closed as interrupted, and one of this run is not", () => {
  const db = openTestDatabase();
  const before = beginLedgerRow(db, { ...call, time: 1000 });
  const now = beginLedgerRow(db, { ...call, time: 2000 });
  interruptLedgerRows(db, 2000);
  const outcomes = () => listLedgerRows(db, {}, 0, 10).map(({ id, outcome }) => [id, outcome]);
  expect(outcomes()).toEqual([
    [now, "open"],
    [before, "interrupted"],
  ]);
  // The clock was set back: the end that comes after all is the truth.
  endLedgerRow(db, before, { bytesReceived: 7, outcome: "completed", status: 200, milliseconds: 3 });
  expect(outcomes()).toEqual([
    [now, "open"],
    [before, "completed"],
  ]);
});
