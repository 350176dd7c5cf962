import type { Migration } from "../migrate.ts";

/** Queues in the order they are worked off, so that the next file is the first entry of an index. */
export const queueIndexes220: Migration = {
  name: "220-queue-indexes",
  up: (db) => {
    db.exec(`
      DROP INDEX files_state;
      CREATE INDEX files_waiting ON files (priority DESC, id) WHERE state = 'waiting';
      CREATE INDEX files_without_vectors ON files (vectors_fingerprint, priority DESC, id)
        WHERE state = 'stored' AND passage_count > 0;
      CREATE INDEX files_with_passages ON files (id) WHERE passage_count > 0;
      CREATE INDEX files_preferred ON files (priority) WHERE priority > 0;
    `);
  },
};
