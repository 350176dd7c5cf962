import { AppError } from "../contract/errors.ts";
import type { WriteDb } from "./handle.ts";

/** One frozen step of the schema. `version` is unique; numbers go up ten apart. */
export interface Migration {
  readonly version: number;
  readonly up: (db: WriteDb) => void;
}

/**
 * Brings the database to the newest version, each step and its number in one transaction. A database
 * from a newer Qwill is left alone: `vault-from-newer-version`.
 */
export function migrate(db: WriteDb, migrations: readonly Migration[]): void {
  const ordered = migrations.toSorted((a, b) => a.version - b.version);
  const newest = ordered.at(-1)?.version ?? 0;
  const current = Number(db.pragma("user_version", { simple: true }));
  if (current > newest) {
    throw new AppError("vault-from-newer-version", { facts: { found: current, known: newest } });
  }
  for (const migration of ordered) {
    if (migration.version <= current) continue;
    db.transaction(() => {
      migration.up(db);
      db.pragma(`user_version=${migration.version}`);
    }).immediate();
  }
}
