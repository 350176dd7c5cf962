import { readDocumentText } from "../../document-text.ts";
import type { WriteDb } from "../../handle.ts";
import { ledgerPayload, listLedgerRows } from "../../ledger.ts";
import { searchWords } from "../../words.ts";
import { hashOf, textOf, wordOf, type Change } from "./changes.ts";

/** What a library holds, a line for each thing that can get lost. */
export type Contents = ReadonlySet<string>;

/** What a library may hold while a change is made: before it, a call that has not ended yet, and after it. */
export function momentsOf(before: Contents, change: Change): Contents[] {
  const { kind, name, version, passages } = change;
  if (kind === "sweep" || kind === "purge") return [before];
  if (kind === "call") {
    const call = (outcome: string): string => `call ${version} ${outcome} ${hashOf(textOf(change))}`;
    return [before, new Set([...before, call("open")]), new Set([...before, call("completed")])];
  }
  const others = [...before].filter((line) => !line.startsWith(`file /${name} `));
  const file = `file /${name} ${version} ${hashOf(textOf(change))} found ${passages}`;
  return [before, new Set(kind === "remove" ? others : [...others, file])];
}

/** What it holds, read from every table: a file counts with its text and the passages that its own word finds. */
export function contentsOf(db: WriteDb): Contents {
  const files = db
    .prepare<{ path: string; version: number; documentId: number }>(
      `SELECT path, indexed_at AS version, first_document_id AS documentId FROM files
       WHERE first_document_id IS NOT NULL AND collection_id IN (SELECT id FROM collections WHERE hidden = 0)`,
    )
    .all();
  const lines = files.map(({ path, version, documentId }) => {
    const terms = [wordOf(path.slice(1), version)];
    const found = searchWords(db, { terms, limit: 1_000, collections: [] });
    return `file ${path} ${version} ${hashOf(readDocumentText(db, documentId))} found ${found.length}`;
  });
  const calls = listLedgerRows(db, {}, 0, 100_000).map(({ id, time, outcome }) => {
    const payload = Buffer.from(ledgerPayload(db, id) ?? []).toString();
    return `call ${time} ${outcome} ${hashOf(payload)}`;
  });
  return new Set([...lines, ...calls]);
}

export const isSame = (one: Contents, other: Contents): boolean =>
  one.size === other.size && [...one].every((line) => other.has(line));

/** How many lines of `expected` are missing. */
export const lost = (expected: Contents, found: Contents): number =>
  [...expected].filter((line) => !found.has(line)).length;
