import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3-multiple-ciphers";
import { getLoadablePath } from "sqlite-vec";
import { openDatabase } from "../../core/store/open.ts";

/** Another vector store over the same rows, to measure against. */
export interface Peer {
  search(query: Float32Array, k: number): number[];
  close(): void;
}

const bytesOf = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

/** sqlite-vec's float32 table in an encrypted database with the whole file in its page cache. */
export function openSqliteVec(path: string, key: Uint8Array, vectors: readonly Float32Array[]): Peer {
  const db = openDatabase({ path, key }) as unknown as InstanceType<typeof Database>;
  db.pragma("cache_size=-4000000");
  db.loadExtension(getLoadablePath());
  db.exec(
    `CREATE VIRTUAL TABLE peer USING vec0(embedding float[${vectors[0]!.length}] distance_metric=cosine)`,
  );
  const insert = db.prepare("INSERT INTO peer (rowid, embedding) VALUES (?, ?)");
  db.transaction(() => vectors.forEach((vector, i) => insert.run(BigInt(i + 1), bytesOf(vector))))();
  db.pragma("wal_checkpoint(TRUNCATE)");
  const find = db.prepare("SELECT rowid FROM peer WHERE embedding MATCH ? AND k = ?").pluck();
  return {
    search: (query, k) => find.all(bytesOf(query), k) as number[],
    close: () => db.close(),
  };
}

/** sqlite-vss (FAISS Flat) in a plain file; a sentence where it cannot run here. */
export function openSqliteVss(
  folder: string | undefined,
  path: string,
  vectors: readonly Float32Array[],
): Peer | string {
  if (folder === undefined) return "sqlite-vss was not asked for (--vss FOLDER with it installed)";
  const library = join(folder, `node_modules/sqlite-vss-${process.platform}-${process.arch}/lib`);
  if (!existsSync(library)) return "sqlite-vss has no build for this platform in that folder";
  const db = new Database(path);
  try {
    db.loadExtension(join(library, "vector0"));
    db.loadExtension(join(library, "vss0"));
  } catch (error) {
    db.close();
    return `sqlite-vss does not load here: ${error instanceof Error ? error.message : String(error)}`;
  }
  db.exec(`CREATE VIRTUAL TABLE peer USING vss0(embedding(${vectors[0]!.length}) factory="Flat,IDMap2")`);
  db.pragma("journal_mode=OFF");
  db.pragma("synchronous=OFF");
  const insert = db.prepare("INSERT INTO peer (rowid, embedding) VALUES (?, ?)");
  // Its time for a transaction grows with the square of the rows, and each commit rewrites the index.
  for (let start = 0; start < vectors.length; start += 2_000) {
    const part = vectors.slice(start, start + 2_000);
    db.transaction(() => part.forEach((vector, i) => insert.run(BigInt(start + i + 1), bytesOf(vector))))();
  }
  const find = db
    .prepare("SELECT rowid FROM peer WHERE vss_search(embedding, vss_search_params(?, ?))")
    .pluck();
  return {
    search: (query, k) => find.all(bytesOf(query), k) as number[],
    close: () => db.close(),
  };
}
