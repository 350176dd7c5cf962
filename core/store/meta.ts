import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** A value of the library's own bookkeeping (vault id, generation). */
export function getMeta(db: ReadDb, key: string): string | null {
  return reading<{ value: string }>(db, "SELECT value FROM meta WHERE key = ?").get(key)?.value ?? null;
}

export function setMeta(db: WriteDb, key: string, value: string): void {
  writing(
    db,
    "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  ).run(key, value);
}

/** Takes a value away; one that is not there is no fault. */
export function deleteMeta(db: WriteDb, key: string): void {
  writing(db, "DELETE FROM meta WHERE key = ?").run(key);
}

const pauseKey = "indexing-paused";

/** Whether the person paused indexing; it stays so until they resume it. */
export function isIndexingPaused(db: ReadDb): boolean {
  return getMeta(db, pauseKey) === "yes";
}

export function keepIndexingPaused(db: WriteDb, paused: boolean): void {
  if (paused !== isIndexingPaused(db)) setMeta(db, pauseKey, paused ? "yes" : "no");
}
