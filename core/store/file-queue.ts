import type { Failure } from "../contract/errors.ts";
import { fileColumns, toFileRow, type FileRow, type RawFile } from "./files.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** The next files to read, leaving out those under way: asked-for ones first, then in the order they were added. */
export function waitingFiles(db: ReadDb, limit: number, underWay: Iterable<number> = []): FileRow[] {
  return reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files WHERE state = 'waiting' AND left_out = 0
       AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY priority DESC, id LIMIT ?`,
  )
    .all(JSON.stringify([...underWay]), limit)
    .map(toFileRow);
}

/** The stored files that the queue of vectors is made of. */
const hasText = "state = 'stored' AND passage_count > 0";

/**
 * The next file whose vectors of this model are not complete, leaving out those under way. One entry is read
 * of each group of files with the same fingerprint (none, or another model's): of those there are few.
 */
export function nextWithoutVectors(
  db: ReadDb,
  fingerprint: string,
  underWay: Iterable<number>,
): FileRow | undefined {
  const first = reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files WHERE ${hasText} AND vectors_fingerprint IS ?
       AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY priority DESC, id LIMIT 1`,
  );
  const leftOut = JSON.stringify([...underWay]);
  let next: RawFile | undefined;
  for (const group of [null, ...fingerprintsOfFiles(db)]) {
    const raw = group === fingerprint ? undefined : first.get(group, leftOut);
    if (raw && (!next || comesBefore(raw, next))) next = raw;
  }
  return next && toFileRow(next);
}

function comesBefore(one: RawFile, other: RawFile): boolean {
  return one.priority > other.priority || (one.priority === other.priority && one.id < other.id);
}

/** The models that some file's vectors are complete for. */
function fingerprintsOfFiles(db: ReadDb): string[] {
  const next = reading<{ fingerprint: string | null }>(
    db,
    `SELECT min(vectors_fingerprint) AS fingerprint FROM files WHERE ${hasText} AND vectors_fingerprint > ?`,
  );
  const found: string[] = [];
  for (let last = next.get("")?.fingerprint; last != null; last = next.get(last)?.fingerprint)
    found.push(last);
  return found;
}

/** The first file with passages after this id, whatever its state. */
export function nextFileWithPassages(db: ReadDb, afterId: number): FileRow | undefined {
  const raw = reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files WHERE id > ? AND passage_count > 0 ORDER BY id LIMIT 1`,
  ).get(afterId);
  return raw && toFileRow(raw);
}

/** Puts a file back on the list to be read; what it holds, and why it failed before, stays until then. */
export function markWaiting(db: WriteDb, id: number): void {
  writing(db, "UPDATE files SET state = 'waiting', left_out = 0 WHERE id = ?").run(id);
}

/** As `markWaiting`, for up to `most` files of a group and collection (null: all); gives how many. */
export function markGroupWaiting(
  db: WriteDb,
  group: "failed" | "left-out",
  collectionId: number | null,
  most: number,
): number {
  return writing(
    db,
    `UPDATE files SET state = 'waiting', left_out = 0 WHERE id IN (SELECT id FROM files
       WHERE list_group = @group AND (@collectionId IS NULL OR collection_id = @collectionId) LIMIT @most)`,
  ).run({ group, collectionId, most }).changes;
}

/** Brings the files of a folder back that were left out; gives how many. */
export function takeLeftOut(db: WriteDb, folderId: number): number {
  return writing(db, "UPDATE files SET left_out = 0 WHERE list_group = 'left-out' AND folder_id = ?").run(
    folderId,
  ).changes;
}

/**
 * Takes up to `most` waiting files off the queue; gives how many. One that holds nothing stays on the list as
 * left out, the others are again what they were: failed, or stored.
 */
export function leaveOutWaiting(db: WriteDb, most: number): number {
  return writing(
    db,
    `UPDATE files SET priority = 0, left_out = failure IS NULL AND document_count = 0,
       state = CASE WHEN failure IS NOT NULL THEN 'failed' WHEN document_count > 0 THEN 'stored' ELSE 'waiting' END
     WHERE id IN (SELECT id FROM files WHERE state = 'waiting' AND left_out = 0 ORDER BY priority DESC, id LIMIT ?)`,
  ).run(most).changes;
}

/** The file could not be read; `seen` is what it looked like then. */
export function markFailed(
  db: WriteDb,
  id: number,
  failed: Failure,
  seen: { bytes: number; modifiedAt: number } | null,
): void {
  writing(
    db,
    `UPDATE files SET state = 'failed', failure = ?, left_out = 0, priority = 0, bytes = coalesce(?, bytes),
       modified_at = coalesce(?, modified_at) WHERE id = ?`,
  ).run(JSON.stringify(failed), seen?.bytes ?? null, seen?.modifiedAt ?? null, id);
}

/** The vectors of this file are complete for the model (null: no longer). */
export function setVectorsFingerprint(db: WriteDb, id: number, fingerprint: string | null): void {
  writing(db, "UPDATE files SET vectors_fingerprint = ?, priority = 0 WHERE id = ?").run(fingerprint, id);
}

/** The model's vectors are complete for all files whose text was stored before that moment (Unix milliseconds). */
export function markVectorsComplete(db: WriteDb, fingerprint: string, before: number): void {
  writing(db, "UPDATE files SET vectors_fingerprint = ? WHERE passage_count > 0 AND indexed_at < ?").run(
    fingerprint,
    before,
  );
}

/** Moves files to the front of the queue. */
export function prioritise(db: WriteDb, ids: readonly number[]): void {
  writing(
    db,
    `UPDATE files SET priority = 1 + (SELECT coalesce(max(priority), 0) FROM files WHERE priority > 0)
     WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(JSON.stringify(ids));
}
