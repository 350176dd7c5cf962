import { getPassages } from "../../store/documents.ts";
import { getFile, type FileRow } from "../../store/files.ts";
import { nextFileWithPassages, nextWithoutVectors, setVectorsFingerprint } from "../../store/file-queue.ts";
import type { ReadDb, WriteDb } from "../../store/handle.ts";
import {
  existingPassages,
  firstPassage,
  passageHashesOfFile,
  type PassageCursor,
  type PassageHash,
} from "../../store/vector-coverage.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { otherWork } from "../index/other-work.ts";
import type { VectorIndex, VectorRow } from "../index/search-index.ts";
import { embeddedText } from "./indexer-text.ts";

/** An embedding model with the place of its vectors. */
export interface IndexedModel {
  readonly embedder: Embedder;
  readonly vectors: VectorIndex;
}

interface Pending extends PassageHash {
  readonly fileId: number;
  readonly name: string;
}

/** Passages of a file looked at in one piece: a file may hold a hundred thousand. */
const lookedAtOnce = 1_000;

/** What one step did. */
export interface VectorStep {
  readonly passages: number;
  /** Files that became complete. */
  readonly completed: readonly number[];
  /** Files whose passages these are. */
  readonly touched: readonly number[];
  readonly file: string | null;
}

/** Gives passages their vectors, a batch at a time, over the borders of files. */
export interface VectorWork {
  /** Null: nothing is left to do. Rejects with the embedder's or the store's error. */
  step(signal: AbortSignal): Promise<VectorStep | null>;
  /** Passages or the order changed: look again at what was taken up. */
  refresh(): void;
  /** Passages were found without a vector behind the place that the work has reached: begin anew. */
  restart(): void;
  /** How many passages of a file under way are known to have their vector. */
  embedded(fileId: number): number;
  /** The model is no longer this work's: a step under way writes nothing any more. */
  end(): void;
}

/**
 * The work of one model. For the active one, files become complete in their own row; for one being
 * built beside it (`isBuilding`) the files are gone through by id and nothing is marked.
 */
export function makeVectorWork(
  db: WriteDb,
  { embedder, vectors }: IndexedModel,
  isBuilding: boolean,
  batch: number,
): VectorWork {
  let queue: Pending[] = [];
  let underWay = new Set<number>();
  const embedded = new Map<number, number>();
  /** The file whose passages are being queued, and how far. */
  let walk: { readonly file: Pick<FileRow, "id" | "name">; at: PassageCursor } | null = null;
  let cursor = 0;
  /** Goes up when everything above was thrown away: what was read before no longer counts. */
  let round = 0;
  let isEnded = false;

  function nextFile(): Pick<FileRow, "id" | "name"> | undefined {
    if (!isBuilding) return nextWithoutVectors(db, vectors.fingerprint, underWay);
    const file = nextFileWithPassages(db, cursor);
    if (file) cursor = file.id;
    return file;
  }

  /** Ready only when the rows, read back, all have their vector and there is at least one. */
  async function complete(fileId: number, signal: AbortSignal): Promise<boolean> {
    underWay.delete(fileId);
    embedded.delete(fileId);
    const before = getFile(db, fileId);
    let seen = 0;
    for (let at: PassageCursor | null = firstPassage; at !== null;) {
      const { passages, next } = passageHashesOfFile(db, fileId, at, lookedAtOnce);
      const present = await vectors.present(passages.map(({ id }) => id));
      if (present.size < passages.length) return false;
      seen += passages.length;
      at = next;
      if (at === null) break;
      await otherWork();
      signal.throwIfAborted();
    }
    if (isBuilding || seen === 0) return true;
    const after = getFile(db, fileId);
    const isSame = before?.contentHash === after?.contentHash && before?.indexedAt === after?.indexedAt;
    if (isSame && !isEnded) setVectorsFingerprint(db, fileId, vectors.fingerprint);
    return isSame;
  }

  function count(fileId: number, passages: number): void {
    embedded.set(fileId, (embedded.get(fileId) ?? 0) + passages);
  }

  async function fill(completed: number[], signal: AbortSignal): Promise<void> {
    const mine = round;
    while (queue.length < batch) {
      if (!walk) {
        const file = nextFile();
        if (!file) return;
        underWay.add(file.id);
        walk = { file, at: firstPassage };
      }
      const { file } = walk;
      const { passages, next } = passageHashesOfFile(db, file.id, walk.at, lookedAtOnce);
      const present = await vectors.present(passages.map(({ id }) => id));
      if (round !== mine) return;
      count(file.id, present.size);
      for (const passage of passages)
        if (!present.has(passage.id)) queue.push({ ...passage, fileId: file.id, name: file.name });
      walk = next ? { file, at: next } : null;
      if (next) await otherWork();
      else if (!queue.some((row) => row.fileId === file.id) && (await complete(file.id, signal)))
        completed.push(file.id);
      signal.throwIfAborted();
      if (round !== mine) return;
    }
  }

  function refresh(): void {
    // Files are gone through by id: those before the first one in work are done.
    cursor = Math.max(0, (queue[0]?.fileId ?? walk?.file.id ?? cursor + 1) - 1);
    queue = [];
    underWay = new Set();
    embedded.clear();
    walk = null;
    round += 1;
  }

  return {
    refresh,
    restart: () => {
      refresh();
      cursor = 0;
    },
    embedded: (fileId) => embedded.get(fileId) ?? 0,
    end: () => {
      isEnded = true;
    },
    step: async (signal) => {
      const completed: number[] = [];
      const mine = round;
      await fill(completed, signal);
      const taken = queue.slice(0, batch);
      if (taken.length === 0 || isEnded) {
        const isDone = isEnded || (completed.length === 0 && round === mine);
        return isDone ? null : { passages: 0, completed, touched: [], file: null };
      }
      const filled = round;
      const rows = await vectorsFor(db, { embedder, vectors }, taken, signal);
      if (isEnded) return null;
      // Those removed meanwhile must not come back.
      const alive = existingPassages(
        db,
        taken.map(({ id }) => id),
      );
      await vectors.add(rows.filter((row) => alive.has(row.passageId)));
      if (round === filled) {
        queue.splice(0, taken.length);
        for (const { fileId } of taken) count(fileId, 1);
      }
      // Vectors taken over from the same text elsewhere come without a pause of their own.
      await otherWork();
      const touched = [...new Set(taken.map((row) => row.fileId))];
      const open = new Set(queue.map((row) => row.fileId));
      if (walk) open.add(walk.file.id);
      for (const id of touched) if (!open.has(id)) if (await complete(id, signal)) completed.push(id);
      return { passages: taken.length, completed, touched, file: taken.at(-1)?.name ?? null };
    },
  };
}

async function vectorsFor(
  db: ReadDb,
  { embedder, vectors }: IndexedModel,
  taken: readonly Pending[],
  signal: AbortSignal,
): Promise<VectorRow[]> {
  const byHash = await vectors.byHash(taken.map(({ hash }) => hash));
  const toEmbed = new Map(taken.filter(({ hash }) => !byHash.has(hash)).map(({ hash, id }) => [id, hash]));
  const seen = new Set<string>();
  for (const [id, hash] of toEmbed) {
    if (seen.has(hash)) toEmbed.delete(id);
    seen.add(hash);
  }
  if (toEmbed.size > 0) {
    const present = getPassages(db, [...toEmbed.keys()]);
    const embedded = await embedder.embedDocuments(
      present.map(({ text }) => embeddedText(text)),
      signal,
    );
    present.forEach(({ id }, at) => byHash.set(toEmbed.get(id) ?? "", embedded[at] ?? new Float32Array()));
  }
  return taken.flatMap(({ id, documentId, hash }) => {
    const vector = byHash.get(hash);
    return vector ? [{ passageId: id, documentId, vector }] : [];
  });
}
