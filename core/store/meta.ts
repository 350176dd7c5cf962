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
