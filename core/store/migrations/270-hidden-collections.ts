import type { Migration } from "../migrate.ts";

/**
 * Collections that nobody sees, with all that stands in them: one that is being removed, and 0, where files stand
 * that are going away and those whose long text is still being stored.
 */
export const hiddenCollections270: Migration = {
  name: "270-hidden-collections",
  up: (db) => {
    db.exec(`
      ALTER TABLE collections ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
      INSERT INTO collections (id, name, reach, hidden) VALUES (0, char(0), 'device', 1);
      CREATE INDEX collections_hidden ON collections (id) WHERE hidden = 1;
      DROP INDEX files_by_name;
      CREATE INDEX files_by_name ON files (name_key, id, collection_id);
    `);
  },
};
