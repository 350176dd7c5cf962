import type { Migration } from "../migrate.ts";

/**
 * Vectors: one 8-bit row per passage and model (the truth), and segments of 1-bit codes derived from
 * them. `vectors.key` is model id × 2³² + passage id: one integer key keeps ten rows on a page.
 */
export const vectors100: Migration = {
  name: "100-vectors",
  up: (db) => {
    db.exec(`
      CREATE TABLE vector_models (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL UNIQUE,
        dimension INTEGER NOT NULL,
        center BLOB,
        centered_of INTEGER NOT NULL DEFAULT 0,
        live INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE vectors (
        key INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL,
        vector BLOB NOT NULL
      ) STRICT;

      CREATE TABLE vector_segments (
        id INTEGER PRIMARY KEY,
        model_id INTEGER NOT NULL,
        page INTEGER NOT NULL,
        first INTEGER NOT NULL,
        checksum INTEGER NOT NULL,
        body BLOB NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX vector_segments_page ON vector_segments (model_id, page, first);

      CREATE TABLE vector_gaps (
        model_id INTEGER NOT NULL,
        page INTEGER NOT NULL,
        bits BLOB NOT NULL,
        PRIMARY KEY (model_id, page)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
