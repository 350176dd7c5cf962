/** A prepared statement that only reads. */
export interface ReadStatement<Row> {
  get(...parameters: readonly unknown[]): Row | undefined;
  all(...parameters: readonly unknown[]): Row[];
  iterate(...parameters: readonly unknown[]): IterableIterator<Row>;
}

/** A prepared statement that may also write. */
export interface WriteStatement<Row> extends ReadStatement<Row> {
  run(...parameters: readonly unknown[]): {
    readonly changes: number;
    readonly lastInsertRowid: number | bigint;
  };
}

/** A function wrapped in a transaction; `immediate` takes the write lock first. Nested: a savepoint. */
export interface Transaction<Arguments extends unknown[], Result> {
  (...parameters: Arguments): Result;
  immediate(...parameters: Arguments): Result;
}

/** The database as readers get it. Both handles are the same connection; the types tell who may write. */
export interface ReadDb {
  readonly open: boolean;
  prepare<Row = unknown>(sql: string): ReadStatement<Row>;
}

/** The database as writers get it. Passing a ReadDb here does not compile. */
export interface WriteDb extends ReadDb {
  readonly inTransaction: boolean;
  prepare<Row = unknown>(sql: string): WriteStatement<Row>;
  exec(sql: string): unknown;
  pragma(sql: string, options?: { readonly simple?: boolean }): unknown;
  transaction<Arguments extends unknown[], Result>(
    work: (...parameters: Arguments) => Result,
  ): Transaction<Arguments, Result>;
  close(): unknown;
}

const statements = new WeakMap<ReadDb, Map<string, unknown>>();

function cached<Statement>(db: ReadDb, sql: string, prepare: () => Statement): Statement {
  let known = statements.get(db);
  if (!known) statements.set(db, (known = new Map<string, unknown>()));
  const found = known.get(sql);
  if (found !== undefined) return found as Statement;
  const made = prepare();
  known.set(sql, made);
  return made;
}

/** The statement for a fixed piece of SQL, prepared once per connection. Not for generated SQL. */
export function reading<Row>(db: ReadDb, sql: string): ReadStatement<Row> {
  return cached(db, sql, () => db.prepare<Row>(sql));
}

/** As `reading`, for statements that write. */
export function writing<Row = unknown>(db: WriteDb, sql: string): WriteStatement<Row> {
  return cached(db, sql, () => db.prepare<Row>(sql));
}

/** Runs `work` in one transaction that holds the write lock from the start; all of it or none. */
export function inTransaction<Result>(db: WriteDb, work: () => Result): Result {
  return db.transaction(work).immediate();
}
