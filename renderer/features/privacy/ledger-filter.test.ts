import { expect, test } from "vitest";
import type { LedgerRow } from "../../../core/contract/ledger.ts";
import { filterLedger, ledgerLines, ledgerTotals } from "./ledger-filter.ts";

const row = (part: Partial<LedgerRow>): LedgerRow => ({
  id: 1,
  requestId: "r",
  time: 0,
  origin: "https://a.example",
  method: "POST",
  path: "/v1/chat/completions",
  purpose: "suggest",
  tier: "standard",
  bytesSent: 10,
  bytesReceived: 20,
  outcome: "completed",
  status: 200,
  milliseconds: 5,
  payloadHash: "0".repeat(64),
  forgottenAt: null,
  ...part,
});
const rows = [
  row({}),
  row({ id: 2, purpose: "health", path: "/health" }),
  row({ id: 3, outcome: "refused" }),
];
const all = { text: "", purpose: null, outcome: null };

test("an empty filter hides nothing", () => {
  expect(filterLedger(rows, all)).toEqual(rows);
});
test("every part of a filter has to fit", () => {
  expect(filterLedger(rows, { ...all, text: "A.EXAMPLE", outcome: "refused" }).map(({ id }) => id)).toEqual([
    3,
  ]);
  expect(filterLedger(rows, { ...all, purpose: "health", outcome: "refused" })).toEqual([]);
});
test("totals count every row", () => {
  expect(ledgerTotals(rows)).toEqual({ sent: 30, received: 60 });
});
test("exports one object a line, with times a person can read", () => {
  const lines = ledgerLines(rows).trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0]!)).toMatchObject({ id: 1, time: "1970-01-01T00:00:00.000Z" });
});
