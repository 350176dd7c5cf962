import { createHash } from "node:crypto";
import { findCollection, insertCollection } from "../../collections.ts";
import type { FileContent } from "../../file-content.ts";
import { ensureFile, findFile } from "../../files.ts";
import { inTransaction, type WriteDb } from "../../handle.ts";
import { sweepHidden } from "../../hidden.ts";
import { beginLedgerRow, endLedgerRow } from "../../ledger.ts";
import { purgeDeletedWords } from "../../purge.ts";
import { removeFiles } from "../../remove.ts";
import { replaceFileDocuments } from "../../replace-documents.ts";
import { showArrival, storeHidden } from "../../store-hidden.ts";
import { seededRandom } from "../seeded-random.ts";

/** One change to a library, as a test makes it; `version` says which text a file has. */
export interface Change {
  readonly kind: "store" | "remove" | "sweep" | "purge" | "call";
  readonly name: string;
  readonly version: number;
  readonly passages: number;
}

/** Every other one stores a file, the rest removes, sweeps, purges and calls out; the same for the same seed. */
export function* changesOf(seed: number): Generator<Change, never> {
  const random = seededRandom(seed);
  const kinds = ["store", "store", "remove", "sweep", "store", "purge", "call"] as const;
  for (let at = 0; ; at++) {
    const kind = kinds[Math.floor(random() * kinds.length)] ?? "store";
    const isLong = random() < 0.15;
    const passages = isLong ? 700 : 1 + Math.floor(random() * 12);
    yield { kind, name: `note-${Math.floor(random() * 9)}`, version: seed * 1_000 + at, passages };
  }
}

/** A word that only this text holds, and that the words index keeps by its end. */
export function wordOf(name: string, version: number): string {
  return createHash("sha256").update(`${name} ${version}`).digest("hex").slice(0, 20);
}

/** What a file of this change says. */
export function textOf({ name, version, passages }: Change): string {
  const line = (at: number): string => `${name} ${wordOf(name, version)} line ${at} of ${passages}`;
  return Array.from({ length: passages }, (_, at) => line(at)).join("\n");
}

function contentOf(change: Change): FileContent {
  const text = textOf(change);
  let start = 0;
  const passages = text.split("\n").map((line) => {
    const end = start + line.length;
    const passage = {
      start,
      end,
      place: {},
      terms: line,
      head: change.name,
      hash: hashOf(line).slice(0, 32),
    };
    start = end + 1;
    return passage;
  });
  const document = { key: null, title: change.name, text, pages: null, passages };
  return {
    format: "txt",
    bytes: text.length,
    modifiedAt: change.version,
    contentHash: hashOf(text),
    warnings: [],
    documents: [document],
  };
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Makes a change, a transaction a step, as the library does. */
export function* make(db: WriteDb, change: Change): Generator<null, void> {
  const collectionId = findCollection(db, "Mine")?.id ?? insertCollection(db, "Mine", "device");
  const path = `/${change.name}`;
  if (change.kind === "store") yield* store(db, collectionId, change);
  if (change.kind === "remove") {
    const file = findFile(db, collectionId, path);
    if (file) removeFiles(db, [file.id]);
  }
  if (change.kind === "sweep" || change.kind === "purge")
    yield* inTransactions(
      db,
      sweepHidden(db, () => false),
      100,
    );
  if (change.kind === "purge") yield* inTransactions(db, purgeDeletedWords(db, change.version), 1);
  if (change.kind === "call") {
    const id = beginLedgerRow(db, {
      requestId: change.name,
      time: change.version,
      origin: "https://qwen.example.org",
      method: "POST",
      path: "/v1/chat/completions",
      purpose: "suggest",
      tier: "private",
      bytesSent: 5,
      payload: Buffer.from(textOf(change)),
    });
    endLedgerRow(db, id, { bytesReceived: 7, outcome: "completed", status: 200, milliseconds: 3 });
  }
}

function* store(db: WriteDb, collectionId: number, change: Change): Generator<null, void> {
  const content = contentOf(change);
  const { bytes, modifiedAt } = content;
  const at = { collectionId, folderId: null, path: `/${change.name}`, name: change.name, bytes, modifiedAt };
  const shown = (): number => ensureFile(db, at).id;
  if (change.passages < 100)
    return void inTransaction(db, () => replaceFileDocuments(db, shown(), content, change.version));
  const hidden = storeHidden(db, shown(), content, () => undefined);
  const arrival = yield* inTransactions(db, hidden, 100);
  yield* inTransactions(db, showArrival(db, shown(), arrival, content, change.version), 500);
}

function* inTransactions<Result>(
  db: WriteDb,
  work: Generator<unknown, Result>,
  steps: number,
): Generator<null, Result> {
  for (;;) {
    const end = inTransaction(db, () => {
      for (let step = 0; step < steps; step++) {
        const next = work.next();
        if (next.done) return next;
      }
      return null;
    });
    if (end) return end.value;
    yield null;
  }
}
