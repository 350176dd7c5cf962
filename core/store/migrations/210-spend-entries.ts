import type { Migration } from "../migrate.ts";

/** Names each booking, so that one that is written twice counts once. */
export const spendEntries210: Migration = {
  name: "210-spend-entries",
  up: (db) => {
    db.exec(`
      ALTER TABLE spend ADD COLUMN entry TEXT;
      CREATE UNIQUE INDEX spend_entry ON spend (entry);
      CREATE INDEX ledger_open ON ledger (time) WHERE outcome = 'open';
    `);
  },
};
