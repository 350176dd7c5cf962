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
import { roomOf } from "./chunker.ts";
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

export interface VectorWorkDeps {
  readonly db: WriteDb;
  /** Passages embedded in a step. */
  readonly batch: number;
  /** Cuts a file's passages that are too long for the model anew, and refreshes; false: nothing was cut. */
  readonly recut: (fileId: number, embedder: Embedder, signal: AbortSignal) => Promise<boolean>;
}

/**
 * The work of one model. For the active one, files become complete in their own row; for one being
 * built beside it (`isBuilding`) the files are gone through by id and nothing is marked.
 */
export function makeVectorWork(
  { db, batch, recut }: VectorWorkDeps,
  { embedder, vectors }: IndexedModel,
  isBuilding: boolean,
): VectorWork {
  let queue: Pending[] = [];
  let underWay = new Set<number>();
  const embedded = new Map<number, number>();
  /** The file whose passages are being queued, and how far. */
  let walk: { readonly file: Pick<FileRow, "id" | "name">; at: PassageCursor } | null = null;
  let cursor = 0;
  /** Files with passages that are too long and cannot be cut: gone, changed, or about to be read again. */
  const uncut = new Set<number>();
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
      const wanted = await lookUp(db, vectors, taken);
      for (const fileId of filesTooLong(wanted, taken, embedder, uncut)) {
        // No vector stands for the beginning of a passage only.
        if (await recut(fileId, embedder, signal))
          return {
            passages: 0,
            completed,
            touched: [fileId],
            file: taken.find((row) => row.fileId === fileId)?.name ?? null,
          };
        uncut.add(fileId);
      }
      const rows = await vectorsFor(embedder, wanted, taken, signal);
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

/** What is known of passages before they are embedded. */
interface Wanted {
  /** Vectors that the library has of the same text. */
  readonly known: Map<string, Float32Array>;
  /** Passages to embed, one of each text, in the order of `texts`. */
  readonly toEmbed: readonly Pick<Pending, "id" | "hash">[];
  readonly texts: readonly string[];
}

async function lookUp(db: ReadDb, vectors: VectorIndex, taken: readonly Pending[]): Promise<Wanted> {
  const known = await vectors.byHash(taken.map(({ hash }) => hash));
  const firsts = new Map<string, number>();
  for (const { id, hash } of taken) if (!known.has(hash) && !firsts.has(hash)) firsts.set(hash, id);
  const hashes = new Map([...firsts].map(([hash, id]) => [id, hash]));
  const present = getPassages(db, [...hashes.keys()]);
  return {
    known,
    toEmbed: present.map(({ id }) => ({ id, hash: hashes.get(id) ?? "" })),
    texts: present.map(({ text }) => embeddedText(text)),
  };
}

/** The files of passages that the model would not see to their end. */
function filesTooLong(
  { toEmbed, texts }: Wanted,
  taken: readonly Pending[],
  embedder: Embedder,
  uncut: ReadonlySet<number>,
): Set<number> {
  const room = roomOf(embedder);
  const tooLong = new Set(
    toEmbed.filter((_, at) => embedder.countTokens(texts[at] ?? "") > room).map(({ id }) => id),
  );
  return new Set(
    taken.filter(({ id, fileId }) => tooLong.has(id) && !uncut.has(fileId)).map(({ fileId }) => fileId),
  );
}

async function vectorsFor(
  embedder: Embedder,
  { known, toEmbed, texts }: Wanted,
  taken: readonly Pending[],
  signal: AbortSignal,
): Promise<VectorRow[]> {
  if (texts.length > 0) {
    const embedded = await embedder.embedDocuments(texts, signal);
    toEmbed.forEach(({ hash }, at) => known.set(hash, embedded[at] ?? new Float32Array()));
  }
  return taken.flatMap(({ id, documentId, hash }) => {
    const vector = known.get(hash);
    return vector ? [{ passageId: id, documentId, vector }] : [];
  });
}
