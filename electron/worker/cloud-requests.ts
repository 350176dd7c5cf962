import type { Booking, SpendRow } from "../../core/contract/costs.ts";
import type { LedgerRow } from "../../core/contract/ledger.ts";
import type { SavedSuggestion } from "../../core/contract/memory.ts";
import type { ProviderConfig, ProviderSecrets } from "../../core/contract/providers.ts";
import type { LedgerEnd, LedgerStart } from "../../core/safety/gate/gate.ts";
import type { WriteDb } from "../../core/store/handle.ts";
import {
  beginLedgerRow,
  countLedgerRows,
  endLedgerRow,
  ledgerPayload,
  listLedgerRows,
} from "../../core/store/ledger.ts";
import { deleteProvider, listProviders, providerSecretsOf, putProvider } from "../../core/store/providers.ts";
import { listSuggestions } from "../../core/store/saved-suggestions.ts";
import { insertSpend, sumSpend } from "../../core/store/spend.ts";

/** What main asks of the encrypted store on behalf of providers; never reachable from the window. */
export type CloudRequests = {
  "cloud.providers": (input: undefined, signal: AbortSignal) => Promise<ProviderConfig[]>;
  /** Null for an unknown name. */
  "cloud.secrets": (input: { name: string }, signal: AbortSignal) => Promise<ProviderSecrets | null>;
  "cloud.put-provider": (
    input: { config: ProviderConfig; secrets: ProviderSecrets },
    signal: AbortSignal,
  ) => Promise<void>;
  /** False: there was none of that name. */
  "cloud.delete-provider": (input: { name: string }, signal: AbortSignal) => Promise<boolean>;
  "cloud.add-spend": (input: Booking, signal: AbortSignal) => Promise<void>;
  /** Sums for days from `from` (included) to `to` (excluded). */
  "cloud.sum-spend": (input: { from: string; to: string }, signal: AbortSignal) => Promise<SpendRow[]>;
  /** Durable when it resolves: nothing is sent before. The row's id. */
  "ledger.begin": (input: LedgerStart, signal: AbortSignal) => Promise<number>;
  "ledger.end": (input: { id: number; end: LedgerEnd }, signal: AbortSignal) => Promise<void>;
  "ledger.rows": (
    input: { offset: number; limit: number },
    signal: AbortSignal,
  ) => Promise<{ rows: LedgerRow[]; total: number }>;
  /** The bytes that went out; null for an unknown row. */
  "ledger.bytes": (input: { id: number }, signal: AbortSignal) => Promise<Uint8Array | null>;
  /** Suggestions a person accepted, oldest first. */
  "cloud.accepted": (input: undefined, signal: AbortSignal) => Promise<SavedSuggestion[]>;
};

const mostAccepted = 100_000;

/** The requests over an open database. */
export function cloudRequests(db: () => WriteDb): CloudRequests {
  return {
    "cloud.providers": async () => listProviders(db()),
    "cloud.secrets": async ({ name }) => providerSecretsOf(db(), name),
    "cloud.put-provider": async ({ config, secrets }) => putProvider(db(), config, secrets),
    "cloud.delete-provider": async ({ name }) => deleteProvider(db(), name),
    "cloud.add-spend": async (spend) => insertSpend(db(), spend),
    "cloud.sum-spend": async ({ from, to }) => sumSpend(db(), from, to),
    "ledger.begin": async (row) => beginLedgerRow(db(), row),
    "ledger.end": async ({ id, end }) => endLedgerRow(db(), id, end),
    "ledger.rows": async ({ offset, limit }) => ({
      rows: listLedgerRows(db(), {}, offset, limit),
      total: countLedgerRows(db()),
    }),
    "ledger.bytes": async ({ id }) => ledgerPayload(db(), id),
    "cloud.accepted": async () =>
      listSuggestions(db(), 0, mostAccepted)
        .filter((one) => one.accepted)
        .toReversed(),
  };
}
