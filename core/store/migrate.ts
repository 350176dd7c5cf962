import { AppError } from "../contract/errors.ts";
import type { WriteDb } from "./handle.ts";

/** One frozen step of the schema, known by its name for ever. */
export interface Migration {
  /** `210-spend-entries`: three digits that only go up, then what it is about. */
  readonly name: string;
  readonly up: (db: WriteDb) => void;
}

/** The first Qwills counted in `user_version` alone: what each of its values had applied. */
const countedBefore: readonly { readonly version: number; readonly name: string }[] = [
  { version: 10, name: "010-library" },
  { version: 100, name: "100-vectors" },
  { version: 200, name: "200-providers" },
];
/** Since then `user_version` is this plus the number of names applied, so that the first Qwills refuse it. */
const namesFrom = 1000;

/**
 * Applies what is missing, each step and its name in one transaction. A database from a newer Qwill, which has names
 * that the list has not, is left alone: `vault-from-newer-version`. A list that would skip a step is a bug and throws.
 */
export function migrate(db: WriteDb, migrations: readonly Migration[]): void {
  refuseUnordered(migrations);
  const known = migrations.map(({ name }) => name);
  const applied = appliedNames(db);
  const foreign = applied.find((name) => !known.includes(name));
  const counted = Number(db.pragma("user_version", { simple: true }));
  if (foreign !== undefined || counted > namesFrom + known.length)
    throw new AppError("vault-from-newer-version", {
      facts: { found: foreign ?? counted, known: known.at(-1) ?? "" },
    });
  const skipped = known.slice(0, applied.length).find((name) => !applied.includes(name));
  if (skipped !== undefined)
    throw new Error(`migration ${skipped} was put before ${applied.at(-1)}, which is applied already`);
  for (const [at, migration] of migrations.entries()) {
    if (at < applied.length) continue;
    db.transaction(() => {
      migration.up(db);
      note(db, migration.name, at + 1);
    }).immediate();
  }
}

/** The names in the order they were applied; those of a database that only counted are written down first. */
function appliedNames(db: WriteDb): string[] {
  const version = Number(db.pragma("user_version", { simple: true }));
  const hasNames =
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'").get() !==
    undefined;
  if (!hasNames && version > (countedBefore.at(-1)?.version ?? 0))
    throw new AppError("vault-from-newer-version", { facts: { found: version } });
  if (!hasNames)
    db.transaction(() => {
      db.exec("CREATE TABLE migrations (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT");
      const old = countedBefore.filter((step) => step.version <= version);
      for (const [at, { name }] of old.entries()) note(db, name, at + 1);
    }).immediate();
  return db
    .prepare<{ name: string }>("SELECT name FROM migrations ORDER BY position")
    .all()
    .map(({ name }) => name);
}

function note(db: WriteDb, name: string, position: number): void {
  db.prepare("INSERT INTO migrations (position, name) VALUES (?, ?)").run(position, name);
  db.pragma(`user_version=${namesFrom + position}`);
}

function refuseUnordered(migrations: readonly Migration[]): void {
  for (const [at, { name }] of migrations.entries()) {
    const before = migrations[at - 1]?.name;
    if (
      !/^\d{3}-[a-z][a-z-]*$/.test(name) ||
      (before !== undefined && name.slice(0, 3) <= before.slice(0, 3))
    )
      throw new Error(`migration ${name} does not follow ${before ?? "nothing"}: numbers only go up`);
  }
}
