import type { Migration } from "../migrate.ts";

/** Files that were uploaded to train on and are still there: each is deleted once its job is over. */
export const trainingFiles250: Migration = {
  name: "250-training-files",
  up: (db) => {
    db.exec(`
      CREATE TABLE training_files (
        provider TEXT NOT NULL,
        file_id TEXT NOT NULL,
        job_id TEXT,
        job_name TEXT NOT NULL,
        uploaded_at INTEGER NOT NULL,
        PRIMARY KEY (provider, file_id)
      ) STRICT;
    `);
  },
};
