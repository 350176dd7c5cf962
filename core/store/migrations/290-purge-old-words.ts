import type { Migration } from "../migrate.ts";

/** What was deleted before Qwill purged the words index is purged once. */
export const purgeOldWords290: Migration = {
  name: "290-purge-old-words",
  up: (db) => {
    db.exec(`
      INSERT INTO meta (key, value) SELECT 'words-purge-due', 'removed'
        WHERE EXISTS (SELECT 1 FROM passages_fts_docsize) ON CONFLICT DO NOTHING;
    `);
  },
};
