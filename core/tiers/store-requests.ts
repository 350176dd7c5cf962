import { setImmediate as otherWork } from "node:timers/promises";
import type { Booking, SpendRow } from "../contract/costs.ts";
import { AppError } from "../contract/errors.ts";
import type { LedgerRow } from "../contract/ledger.ts";
import type { SavedSuggestion } from "../contract/memory.ts";
import type { ProviderConfig, ProviderSecrets } from "../contract/providers.ts";
import type { LedgerEnd, LedgerStart } from "../safety/gate/gate.ts";
import type { WriteDb } from "../store/handle.ts";
import {
  beginLedgerRow,
  interruptLedgerRows,
  countLedgerRows,
  endLedgerRow,
  forgetPayload,
  forgetPayloadsBefore,
  ledgerPayload,
  listLedgerRows,
} from "../store/ledger.ts";
import { emptyLog } from "../store/purge.ts";
import { deleteProvider, listProviders, providerSecretsOf, putProvider } from "../store/providers.ts";
import { listSuggestions } from "../store/saved-suggestions.ts";
import {
  deleteTrainingFile,
  listTrainingFiles,
  putTrainingFile,
  type TrainingFile,
} from "../store/training-files.ts";
import { insertSpend, sumSpend } from "../store/spend.ts";

/** What main asks of the encrypted store on behalf of providers; never reachable from the window. */
export type StoreRequests = {
  "tiers.providers": (input: undefined, signal: AbortSignal) => Promise<ProviderConfig[]>;
  /** Null for an unknown name. */
  "tiers.secrets": (input: { name: string }, signal: AbortSignal) => Promise<ProviderSecrets | null>;
  "tiers.put-provider": (
    input: { config: ProviderConfig; secrets: ProviderSecrets },
    signal: AbortSignal,
  ) => Promise<void>;
  /** False: there was none of that name. */
  "tiers.delete-provider": (input: { name: string }, signal: AbortSignal) => Promise<boolean>;
  "tiers.add-spend": (input: Booking, signal: AbortSignal) => Promise<void>;
  /** Sums for days from `from` (included) to `to` (excluded). */
  "tiers.sum-spend": (input: { from: string; to: string }, signal: AbortSignal) => Promise<SpendRow[]>;
  /** Durable when it resolves: nothing is sent before. The row's id. */
  "ledger.begin": (input: LedgerStart, signal: AbortSignal) => Promise<number>;
  "ledger.end": (input: { id: number; end: LedgerEnd }, signal: AbortSignal) => Promise<void>;
  /** Closes rows from before `before` (Unix milliseconds) that have no end, as interrupted. */
  "ledger.interrupt": (input: { before: number }, signal: AbortSignal) => Promise<void>;
  "ledger.rows": (
    input: { offset: number; limit: number },
    signal: AbortSignal,
  ) => Promise<{ rows: LedgerRow[]; total: number }>;
  /** The bytes that went out, null where they were forgotten; `not-found` for an unknown row. */
  "ledger.bytes": (input: { id: number }, signal: AbortSignal) => Promise<Uint8Array | null>;
  /** What lies with a provider of what was uploaded to train on, oldest first. */
  "tiers.training-files": (input: { provider: string }, signal: AbortSignal) => Promise<TrainingFile[]>;
  /** Adds one, or names its job. */
  "tiers.put-training-file": (input: TrainingFile, signal: AbortSignal) => Promise<void>;
  "tiers.delete-training-file": (
    input: Pick<TrainingFile, "provider" | "fileId">,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Forgets what one call sent, if it is still there; `not-found` for an unknown row. How many it forgot. */
  "ledger.forget": (input: { id: number; now: number }, signal: AbortSignal) => Promise<number>;
  /** Forgets what was sent before `before` (Unix milliseconds). How many it forgot. */
  "ledger.forget-before": (input: { before: number; now: number }, signal: AbortSignal) => Promise<number>;
  /** Suggestions a person accepted, oldest first. */
  "tiers.accepted": (input: undefined, signal: AbortSignal) => Promise<SavedSuggestion[]>;
};

/** Payloads forgotten in one go, with other requests answered in between. */
const forgottenAtOnce = 20;
const mostAccepted = 100_000;

/** The requests over an open database. */
export function storeRequests(db: () => WriteDb): StoreRequests {
  return {
    "tiers.providers": async () => listProviders(db()),
    "tiers.secrets": async ({ name }) => providerSecretsOf(db(), name),
    "tiers.put-provider": async ({ config, secrets }) => putProvider(db(), config, secrets),
    "tiers.delete-provider": async ({ name }) => deleteProvider(db(), name),
    "tiers.add-spend": async (spend) => insertSpend(db(), spend),
    "tiers.sum-spend": async ({ from, to }) => sumSpend(db(), from, to),
    "ledger.begin": async (row) => beginLedgerRow(db(), row),
    "ledger.end": async ({ id, end }) => endLedgerRow(db(), id, end),
    "ledger.interrupt": async ({ before }) => interruptLedgerRows(db(), before),
    "ledger.rows": async ({ offset, limit }) => ({
      rows: listLedgerRows(db(), {}, offset, limit),
      total: countLedgerRows(db()),
    }),
    "tiers.training-files": async ({ provider }) => listTrainingFiles(db(), provider),
    "tiers.put-training-file": async (file) => putTrainingFile(db(), file),
    "tiers.delete-training-file": async ({ provider, fileId }) => deleteTrainingFile(db(), provider, fileId),
    "ledger.bytes": async ({ id }) => {
      const bytes = ledgerPayload(db(), id);
      if (bytes === undefined) throw new AppError("not-found", { facts: { row: id } });
      return bytes;
    },
    "ledger.forget": async ({ id, now }) => {
      if (ledgerPayload(db(), id) === undefined) throw new AppError("not-found", { facts: { row: id } });
      const forgotten = forgetPayload(db(), id, now);
      if (forgotten > 0) emptyLog(db());
      return forgotten;
    },
    "ledger.forget-before": async ({ before, now }) => {
      let forgotten = 0;
      for (let last = forgottenAtOnce; last === forgottenAtOnce; await otherWork())
        forgotten += last = forgetPayloadsBefore(db(), before, now, forgottenAtOnce);
      // What was forgotten is not to stand in the log either.
      if (forgotten > 0) emptyLog(db());
      return forgotten;
    },
    "tiers.accepted": async () =>
      listSuggestions(db(), 0, mostAccepted)
        .filter((one) => one.accepted)
        .toReversed(),
  };
}
