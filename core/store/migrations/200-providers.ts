import type { Migration } from "../migrate.ts";

/** Providers with their secrets, the ledger of every call that left, and what was spent. */
export const providers200: Migration = {
  name: "200-providers",
  up: (db) => {
    db.exec(`
      CREATE TABLE providers (
        name TEXT PRIMARY KEY,
        config TEXT NOT NULL,
        secrets TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE ledger (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        request_id TEXT NOT NULL,
        time INTEGER NOT NULL,
        origin TEXT NOT NULL,
        method TEXT NOT NULL,
        path TEXT NOT NULL,
        purpose TEXT NOT NULL,
        tier TEXT,
        bytes_sent INTEGER NOT NULL,
        bytes_received INTEGER NOT NULL DEFAULT 0,
        outcome TEXT NOT NULL DEFAULT 'open',
        status INTEGER,
        milliseconds REAL,
        payload BLOB NOT NULL
      ) STRICT;
      CREATE INDEX ledger_time ON ledger (time);
      CREATE INDEX ledger_request ON ledger (request_id);

      CREATE TABLE spend (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        request_id TEXT NOT NULL,
        time INTEGER NOT NULL,
        day TEXT NOT NULL,
        provider TEXT NOT NULL,
        model TEXT NOT NULL,
        tier TEXT NOT NULL,
        input_tokens INTEGER NOT NULL,
        output_tokens INTEGER NOT NULL,
        micros INTEGER NOT NULL,
        currency TEXT NOT NULL,
        estimated INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX spend_day ON spend (day);
    `);
  },
};
