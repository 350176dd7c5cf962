import type { WriteDb } from "../handle.ts";

/**
 * The steps by which SQLite answers the statements that `work` prepares on the handle it is given, as far as
 * their cost grows with the rows there are: a table read whole, or rows sorted. An index read in its order
 * is not among them, nor are lists handed in as JSON.
 */
export function costlySteps(db: WriteDb, work: (db: WriteDb) => unknown): string[] {
  return stepsOf(db, work).filter((step) => /SCAN (?!json_each\b)(?!.* INDEX )|TEMP B-TREE/u.test(step));
}

/** Every step of those statements. */
export function stepsOf(db: WriteDb, work: (db: WriteDb) => unknown): string[] {
  const statements = new Set<string>();
  const recording: WriteDb = Object.assign(Object.create(db) as WriteDb, {
    prepare: (sql: string) => {
      statements.add(sql);
      return db.prepare(sql);
    },
    transaction: db.transaction.bind(db),
  });
  work(recording);
  return [...statements]
    .flatMap((sql) => db.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parametersFor(sql)))
    .map(({ detail }) => detail);
}

/** Nulls for every parameter: the plan does not depend on the values. */
function parametersFor(sql: string): unknown[] {
  const named = [...sql.matchAll(/@(\w+)/gu)].map(([, name]) => [name, null] as const);
  return named.length > 0
    ? [Object.fromEntries(named)]
    : Array.from({ length: sql.split("?").length - 1 }, () => null);
}
