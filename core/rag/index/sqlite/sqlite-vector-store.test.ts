import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WriteDb } from "../../../store/handle.ts";
import { openDatabase } from "../../../store/open.ts";
import { vectorStoreContract } from "../testing/vector-store-contract.ts";
import { openSqliteVectorStore } from "./open-sqlite-vector-store.ts";

vectorStoreContract("encrypted SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "qwill-vectors-"));
  const key = randomBytes(32);
  let db: WriteDb = openDatabase({ path: join(folder, "library.db"), key });
  return {
    open: async (options) => openSqliteVectorStore({ db, ...options }),
    reopen: async (store) => {
      await store.close();
      db.close();
      db = openDatabase({ path: join(folder, "library.db"), key });
      return openSqliteVectorStore({ db, fingerprint: store.fingerprint, dimension: store.dimension });
    },
    dispose: async () => {
      db.close();
      await rm(folder, { recursive: true });
    },
  };
});
