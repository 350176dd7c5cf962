import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { AppError, isCancel, toFailure, type ErrorCode, type Failure } from "../../contract/errors.ts";
import { getFile, markUnchanged, type FileRow } from "../../store/files.ts";
import { markFailed } from "../../store/file-queue.ts";
import type { FileContent } from "../../store/file-content.ts";
import type { GroupCommit } from "../../store/group-commit.ts";
import type { WriteDb } from "../../store/handle.ts";
import { clearFile } from "../../store/remove.ts";
import { replaceFileDocuments } from "../../store/replace-documents.ts";
import { toStoreError } from "../../store/store-error.ts";
import { inSlices } from "./slices.ts";
import { isLong, rowsOf } from "./store-long.ts";
import { toDocuments, type TextDeps } from "./indexer-text.ts";
import { inodeOf } from "./watch-walk.ts";
import type { FileReader } from "../readers/reader.ts";

export interface ReadDeps extends TextDeps {
  readonly db: WriteDb;
  readonly reader: FileReader;
  readonly commits: GroupCommit;
  /** Stores content that is long, in slices (store-long.ts). */
  readonly storeLong: (fileId: number, content: FileContent, signal: AbortSignal) => Promise<void>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A file whose reading ended, for those who want a line for each. */
export interface FileDone {
  readonly file: FileRow;
  readonly state: "stored" | "unchanged" | "failed";
  readonly passages: number;
  readonly failure: Failure | null;
}

/** What became of one file. `removed`: passages whose vectors have to go. */
export type ReadOutcome =
  | { readonly state: "stored" | "unchanged"; readonly passages: number; readonly removed: readonly number[] }
  | { readonly state: "failed"; readonly failure: Failure; readonly removed: readonly number[] }
  /** It changed or was renamed while it was read, or the work was stopped: it stays on the list. */
  | { readonly state: "again" };

/** The file as it was when its reading began. */
interface Seen {
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly inode: number | null;
}

/** The file itself says no more than this: what it said before is no longer true. */
const final: ReadonlySet<ErrorCode> = new Set([
  "file-too-large",
  "file-encrypted",
  "file-damaged",
  "file-format-unknown",
  "file-format-mismatch",
  "file-empty",
  "file-is-picture",
  "file-limits-exceeded",
]);

/** Bytes of a file read at once to know it by its hash. */
const hashedAtOnce = 1 << 18;
/** Milliseconds in which a file system's clock may stand still; one that keeps whole seconds counts in twos. */
const usualStep = 50;
const longestStep = 2_000;

/** Documents taken out of a file in one transaction. */
const clearedAtOnce = 500;

/** Failures that another try may mend without the file having changed. */
export function isWorthRetrying(failure: Failure): boolean {
  return !final.has(failure.code);
}

/**
 * Reads a file and puts its documents, passages and words in the place of the old ones, in one
 * transaction. The same bytes as before are not read again. `textIsRead`: all that is left is storing.
 * Rejects only for faults of the store.
 */
export async function readIntoStore(
  file: FileRow,
  isLastTry: boolean,
  deps: ReadDeps,
  textIsRead: () => void,
  signal: AbortSignal,
): Promise<ReadOutcome> {
  let seen: Seen | null = null;
  try {
    seen = blurred(await look(file.path), deps.now());
    const contentHash = await hashOf(file.path, seen.bytes, signal);
    if (contentHash === file.contentHash && file.passages > 0) {
      markUnchanged(deps.db, file.id, seen);
      return { state: "unchanged", passages: file.passages, removed: [] };
    }
    const result = await deps.reader.read(file.path, signal);
    const { documents, warnings } = await toDocuments(result, file.name, deps, signal);
    const after = await look(file.path);
    if (!isLastTry && (after.bytes !== seen.bytes || Math.abs(after.modifiedAt - seen.modifiedAt) > 1))
      return { state: "again" };
    if (documents.every((document) => document.passages.length === 0)) throw new AppError("file-empty");
    signal.throwIfAborted();
    const { format } = result;
    const content = { format, warnings: [...result.warnings, ...warnings], contentHash, documents, ...seen };
    textIsRead();
    const passages = documents.reduce((sum, document) => sum + document.passages.length, 0);
    const removed = await orStoreFault(store(file, content, deps, signal));
    return { state: "stored", passages, removed };
  } catch (error) {
    if (error instanceof StoreFault) throw error.cause;
    if (signal.aborted || isCancel(error)) return { state: "again" };
    const failure = toFailure(error);
    if (isWorthRetrying(failure) && wasRenamed(file, deps.db)) return { state: "again" };
    return fail(file, failure, seen, deps.db);
  }
}

/** Gives the passages whose vectors have to go; those of long content are swept. */
async function store(
  file: FileRow,
  content: FileContent,
  deps: ReadDeps,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const rows = rowsOf(content, file.passages);
  if (isLong(rows, content)) {
    await deps.storeLong(file.id, content, signal);
    return [];
  }
  const write = () => replaceFileDocuments(deps.db, file.id, content, deps.now());
  return (await deps.commits.write(write, rows)).removed;
}

/** What fails under an old name says nothing of the file under its new one. */
function wasRenamed(file: FileRow, db: WriteDb): boolean {
  const now = getFile(db, file.id);
  return now !== undefined && now.path !== file.path;
}

async function fail(file: FileRow, failure: Failure, seen: Seen | null, db: WriteDb): Promise<ReadOutcome> {
  try {
    // Half of it is worth less than all: no cancel comes in between.
    if (final.has(failure.code) && getFile(db, file.id))
      await inSlices(db, clearFile(db, file.id), clearedAtOnce, new AbortController().signal);
    if (getFile(db, file.id)) markFailed(db, file.id, failure, seen);
    return { state: "failed", failure, removed: [] };
  } catch (error) {
    throw toStoreError(error);
  }
}

/** Parts a fault of our own store from a fault of the file. */
class StoreFault extends Error {}

async function orStoreFault<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (isCancel(error)) throw error;
    throw new StoreFault("the store refused a write", { cause: toStoreError(error) });
  }
}

/**
 * A file read in the moment it was written may be written once more in that moment, and look as before: clocks of file
 * systems move in steps. Its row gets a time just beside, so that the next look reads it again.
 */
function blurred(seen: Seen, now: number): Seen {
  const age = now - seen.modifiedAt;
  const step = seen.modifiedAt % 1_000 === 0 ? longestStep : usualStep;
  return age >= 0 && age < step ? { ...seen, modifiedAt: seen.modifiedAt - 1 } : seen;
}

async function look(path: string): Promise<Seen> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new AppError("file-unreadable");
    return { bytes: facts.size, modifiedAt: facts.mtimeMs, inode: inodeOf(facts) };
  } catch (error) {
    throw toFileError(error);
  }
}

/** The hash of what a file holds that had so many bytes when it was looked at; what grew meanwhile is found later. */
async function hashOf(path: string, bytes: number, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    const file = await open(path);
    try {
      const buffer = Buffer.allocUnsafe(hashedAtOnce);
      for (let read = 0; read < bytes;) {
        const { bytesRead } = await file.read(buffer, 0, hashedAtOnce);
        if (bytesRead === 0) break;
        hash.update(buffer.subarray(0, bytesRead));
        read += bytesRead;
        signal.throwIfAborted();
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error);
  }
  return hash.digest("hex");
}

function toFileError(error: unknown): unknown {
  if (error instanceof AppError || isCancel(error)) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return new AppError(code === "ENOENT" || code === "ENOTDIR" ? "file-missing" : "file-unreadable", {
    cause: error,
  });
}
