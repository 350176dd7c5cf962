import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  beginLedgerRow,
  endLedgerRow,
  forgetPayload,
  forgetPayloadsBefore,
  interruptLedgerRows,
  ledgerPayload,
  listLedgerRows,
} from "./ledger.ts";
import { openTestDatabase } from "./testing/test-database.ts";

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

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

// guide: "The line stays, with the fingerprint (SHA-256) of what was sent."
test("what a call sent can be forgotten, and its row stays with the hash of it", () => {
  const db = openTestDatabase();
  const id = beginLedgerRow(db, call);
  const other = beginLedgerRow(db, call);
  expect([forgetPayload(db, id, 5000), forgetPayload(db, id, 6000)]).toEqual([1, 0]);
  expect(ledgerPayload(db, id)).toBeNull();
  expect(new TextDecoder().decode(ledgerPayload(db, other) as Uint8Array)).toBe("hello");
  expect(listLedgerRows(db, {}, 0, 10)).toMatchObject([
    { id: other, payloadHash: hashOf("hello"), forgottenAt: null },
    { ...rowOf(id), payloadHash: hashOf("hello"), forgottenAt: 5000 },
  ]);
  endLedgerRow(db, id, { bytesReceived: 7, outcome: "completed", status: 200, milliseconds: 3 });
  expect(listLedgerRows(db, {}, 1, 1)).toMatchObject([{ id, outcome: "completed", bytesSent: 5 }]);
});

test("what is forgotten is in the database no more, one call by hand and many by their age", () => {
  const db = openTestDatabase();
  const ids = [1, 2, 3].map(() => beginLedgerRow(db, call));
  const kept = (): unknown[] =>
    db.prepare("SELECT CAST(bytes AS TEXT) AS text FROM ledger_payloads ORDER BY ledger_id").all();
  forgetPayload(db, ids[0]!, 5000);
  expect(kept()).toEqual([{ text: "" }, { text: "hello" }, { text: "hello" }]);
  forgetPayloadsBefore(db, 9000, 5000, 10);
  expect(kept()).toEqual([{ text: "" }, { text: "" }, { text: "" }]);
});

const rowOf = (id: number) => ({ id, origin: call.origin, path: call.path, bytesSent: 5, time: 1000 });

test("a call that sent nothing is not said to be forgotten", () => {
  const db = openTestDatabase();
  const id = beginLedgerRow(db, { ...call, payload: new Uint8Array(), bytesSent: 0 });
  expect([forgetPayload(db, id, 5000), forgetPayloadsBefore(db, 9000, 5000, 10)]).toEqual([0, 0]);
  expect(listLedgerRows(db, {}, 0, 1)).toMatchObject([{ forgottenAt: null, payloadHash: hashOf("") }]);
  expect(ledgerPayload(db, id)).toEqual(Buffer.alloc(0));
});

test("what is younger than the limit is kept, and what is older goes in slices", () => {
  const db = openTestDatabase();
  const ids = [1, 2, 3, 4, 5].map((time) => beginLedgerRow(db, { ...call, time }));
  const slice = () => forgetPayloadsBefore(db, 4, 9, 2);
  expect([slice(), slice(), slice()]).toEqual([2, 1, 0]);
  expect(ids.map((id) => ledgerPayload(db, id) === null)).toEqual([true, true, true, false, false]);
});
