import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WriteDb } from "../../../store/handle.ts";
import { openDatabase } from "../../../store/open.ts";
import { putPassages } from "../../../store/testing/put-passages.ts";
import { searchIndexContract } from "../testing/search-index-contract.ts";
import { makeSqliteSearchIndex } from "./search-index.ts";

searchIndexContract("encrypted SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "qwill-index-"));
  const key = randomBytes(32);
  let db: WriteDb = openDatabase({ path: join(folder, "library.db"), key });
  let index = makeSqliteSearchIndex(db);
  return {
    index: () => index,
    publish: async (passages) => putPassages(db, passages),
    withdraw: async (ids) => {
      for (const id of ids) {
        db.prepare("DELETE FROM passages_fts WHERE rowid = ?").run(id);
        db.prepare("DELETE FROM passages WHERE id = ?").run(id);
      }
    },
    reopen: async () => {
      db.close();
      db = openDatabase({ path: join(folder, "library.db"), key });
      index = makeSqliteSearchIndex(db);
    },
    dispose: async () => {
      db.close();
      await rm(folder, { recursive: true });
    },
  };
});
