import type { Migration } from "../migrate.ts";

/**
 * What lists of files need without reading them all: names folded for order and filter, files in the groups
 * that a person sees, and counts that triggers keep.
 */
export const fileLists230: Migration = {
  name: "230-file-lists",
  up: (db) => {
    db.exec(`
      ALTER TABLE files ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE files ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
      -- waiting, failed, left-out, stored, or = and the model whose vectors are complete.
      ALTER TABLE files ADD COLUMN list_group TEXT AS (CASE
        WHEN left_out THEN 'left-out'
        WHEN state = 'stored' AND vectors_fingerprint IS NOT NULL THEN '=' || vectors_fingerprint
        ELSE state END) VIRTUAL;
      ALTER TABLE folders ADD COLUMN files INTEGER NOT NULL DEFAULT 0;
    `);
    const rename = db.prepare("UPDATE files SET name_key = ? WHERE id = ?");
    for (const { id, name } of db.prepare<{ id: number; name: string }>("SELECT id, name FROM files").all())
      rename.run(name.normalize("NFKC").toUpperCase(), id);
    db.exec(`
      DROP INDEX files_waiting;
      CREATE INDEX files_waiting ON files (priority DESC, id) WHERE state = 'waiting' AND left_out = 0;
      CREATE INDEX files_by_name ON files (name_key);
      CREATE INDEX files_by_collection ON files (collection_id, name_key);
      CREATE INDEX files_by_group ON files (list_group, name_key, id, collection_id);

      CREATE TABLE file_counts (
        collection_id INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
        list_group TEXT NOT NULL,
        files INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        PRIMARY KEY (collection_id, list_group)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO file_counts
        SELECT collection_id, list_group, count(*), sum(document_count), sum(passage_count)
        FROM files GROUP BY collection_id, list_group;
      UPDATE folders SET files = (SELECT count(*) FROM files WHERE folder_id = folders.id);

      CREATE TRIGGER files_counted_in AFTER INSERT ON files BEGIN
        INSERT INTO file_counts VALUES (NEW.collection_id, NEW.list_group, 1, NEW.document_count, NEW.passage_count)
          ON CONFLICT DO UPDATE SET files = files + 1, documents = documents + excluded.documents,
            passages = passages + excluded.passages;
        UPDATE folders SET files = files + 1 WHERE id = NEW.folder_id;
      END;
      CREATE TRIGGER files_counted_out AFTER DELETE ON files BEGIN
        UPDATE file_counts SET files = files - 1, documents = documents - OLD.document_count,
            passages = passages - OLD.passage_count
          WHERE collection_id = OLD.collection_id AND list_group = OLD.list_group;
        UPDATE folders SET files = files - 1 WHERE id = OLD.folder_id;
      END;
      CREATE TRIGGER files_counted_again
        AFTER UPDATE OF collection_id, state, left_out, vectors_fingerprint, document_count, passage_count ON files
        WHEN (OLD.collection_id, OLD.list_group, OLD.document_count, OLD.passage_count)
          IS NOT (NEW.collection_id, NEW.list_group, NEW.document_count, NEW.passage_count)
      BEGIN
        UPDATE file_counts SET files = files - 1, documents = documents - OLD.document_count,
            passages = passages - OLD.passage_count
          WHERE collection_id = OLD.collection_id AND list_group = OLD.list_group;
        INSERT INTO file_counts VALUES (NEW.collection_id, NEW.list_group, 1, NEW.document_count, NEW.passage_count)
          ON CONFLICT DO UPDATE SET files = files + 1, documents = documents + excluded.documents,
            passages = passages + excluded.passages;
      END;
      CREATE TRIGGER files_changed_folder AFTER UPDATE OF folder_id ON files
        WHEN OLD.folder_id IS NOT NEW.folder_id
      BEGIN
        UPDATE folders SET files = files - 1 WHERE id = OLD.folder_id;
        UPDATE folders SET files = files + 1 WHERE id = NEW.folder_id;
      END;
    `);
  },
};
