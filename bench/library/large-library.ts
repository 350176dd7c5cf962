import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { insertCollection } from "../../core/store/collections.ts";
import { setVectorsFingerprint } from "../../core/store/file-queue.ts";
import { ensureFile } from "../../core/store/files.ts";
import { ensureFolder } from "../../core/store/folders.ts";
import { inTransaction, type WriteDb } from "../../core/store/handle.ts";
import { openDatabase } from "../../core/store/open.ts";
import { replaceFileDocuments } from "../../core/store/replace-documents.ts";
import { embeddedHash } from "../../core/rag/library/indexer-text.ts";
import { inodeOf } from "../../core/rag/library/watch-walk.ts";
import { toTerms } from "../../core/rag/search/words/terms.ts";

/** Files that stand in a folder of the made-up tree. */
const filesInFolder = 100;
const words = "heron ledger tide moor reed harbour invoice quarter meeting decision budget garden".split(" ");

/** The folder below the watched one that all the others lie in. */
export const outermost = "all";

/** A made-up file: a note of two passages in a tree of folders. */
export function notePath(root: string, number: number): string {
  return join(root, outermost, `folder ${Math.floor(number / filesInFolder)}`, `Note ${number}.md`);
}

/** What stands in it; no two are alike. */
export function noteText(number: number): string {
  const line = (from: number): string =>
    Array.from({ length: 40 }, (_, at) => words[(number * 31 + from + at * at) % words.length]).join(" ");
  return `# Note ${number}\n\n${line(1)}.\n\n${line(7)} ${number}.\n`;
}

export interface LargeLibrary {
  readonly db: WriteDb;
  readonly collectionId: number;
  readonly folderId: number;
  /** The watched folder that its files lie in, or are said to. */
  readonly root: string;
  close(): void;
}

/**
 * An encrypted library of many files, written by the functions that the indexer writes with. `waiting` of
 * them are still to be read; of the others, those of an even number have their vectors in the model `bench`.
 * `isOnDisk`: the files are there too.
 */
export function makeLargeLibrary(files: number, waiting: number, isOnDisk = false): LargeLibrary {
  const folder = mkdtempSync(join(tmpdir(), "qwill-bench-"));
  const db = openDatabase({ path: join(folder, "library.db"), key: new Uint8Array(32).fill(9) });
  const root = join(folder, "notes");
  const collectionId = insertCollection(db, "Notes", "device");
  const folderId = ensureFolder(db, collectionId, root);
  const group = 1_000;
  for (let from = 0; from < files; from += group)
    inTransaction(db, () => {
      for (let number = from; number < Math.min(files, from + group); number++) {
        const path = notePath(root, number);
        const name = `Note ${number}.md`;
        const facts = isOnDisk ? writeNote(path, number) : { bytes: 400, modifiedAt: 1, inode: null };
        const { id } = ensureFile(db, { collectionId, folderId, path, name, ...facts });
        if (number < files - waiting) storeNote(db, id, number, facts);
      }
    });
  return {
    db,
    collectionId,
    folderId,
    root,
    close: () => {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Facts {
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly inode: number | null;
}

/** Puts the note where it is said to lie. */
function writeNote(path: string, number: number): Facts {
  if (number % filesInFolder === 0) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, noteText(number));
  const facts = statSync(path);
  return { bytes: facts.size, modifiedAt: facts.mtimeMs, inode: inodeOf(facts) };
}

function storeNote(db: WriteDb, id: number, number: number, facts: Facts): void {
  const text = noteText(number);
  const half = text.lastIndexOf("\n\n");
  const passages = [
    { start: 0, end: half },
    { start: half + 2, end: text.length - 1 },
  ].map(({ start, end }) => ({
    start,
    end,
    place: { heading: `Note ${number}` },
    terms: toTerms(text.slice(start, end)).join(" "),
    head: toTerms(`Note ${number}`).join(" "),
    hash: embeddedHash(text.slice(start, end)),
  }));
  const document = { key: null, title: `Note ${number}`, text, pages: null, passages };
  const content = {
    format: "md",
    ...facts,
    contentHash: embeddedHash(text),
    warnings: [],
  } as const;
  replaceFileDocuments(db, id, { ...content, documents: [document] }, 1);
  if (number % 2 === 0) setVectorsFingerprint(db, id, "bench");
}
