import type { Migration } from "../migrate.ts";

/** Where an accepted suggestion comes from. Of those from before nobody knows: they stay on this device. */
export const suggestionProvenance240: Migration = {
  name: "240-suggestion-provenance",
  up: (db) => {
    db.exec(`
      ALTER TABLE saved_suggestions ADD COLUMN collections TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE saved_suggestions ADD COLUMN reach TEXT NOT NULL DEFAULT 'device';
    `);
  },
};
