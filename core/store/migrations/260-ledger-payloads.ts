import { createHash } from "node:crypto";
import type { Migration } from "../migrate.ts";

/**
 * What each call sent moves into a table of its own, beside its hash, which stays when the bytes are forgotten. The
 * bytes come last there: a row is listed without reading them.
 */
export const ledgerPayloads260: Migration = {
  name: "260-ledger-payloads",
  up: (db) => {
    db.exec(`
      CREATE TABLE ledger_payloads (
        ledger_id INTEGER PRIMARY KEY REFERENCES ledger ON DELETE CASCADE,
        hash BLOB NOT NULL,
        forgotten_at INTEGER,
        bytes BLOB NOT NULL
      ) STRICT;
      CREATE INDEX ledger_payloads_kept ON ledger_payloads (ledger_id)
        WHERE forgotten_at IS NULL AND length(bytes) > 0;
    `);
    const ids = db.prepare<{ id: number }>("SELECT id FROM ledger").all();
    const payloadOf = db.prepare<{ payload: Uint8Array }>("SELECT payload FROM ledger WHERE id = ?");
    const move = db.prepare("INSERT INTO ledger_payloads (ledger_id, hash, bytes) VALUES (?, ?, ?)");
    for (const { id } of ids) {
      const payload = payloadOf.get(id)?.payload ?? new Uint8Array();
      move.run(id, createHash("sha256").update(payload).digest(), payload);
    }
    db.exec("ALTER TABLE ledger DROP COLUMN payload");
  },
};
