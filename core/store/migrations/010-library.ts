import type { Migration } from "../migrate.ts";

// Terms come ready-made, joined by blanks: every printable ASCII sign is part of a word here.
const tokenizer = `ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~'`;

/** Collections, folders, files, documents, passages and the words index. */
export const library010: Migration = {
  name: "010-library",
  up: (db) => {
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE collections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        reach TEXT NOT NULL
      ) STRICT;

      CREATE TABLE folders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
        path TEXT NOT NULL,
        reachable INTEGER NOT NULL DEFAULT 1,
        device TEXT,
        UNIQUE (collection_id, path)
      ) STRICT;

      CREATE TABLE left_out (
        folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
        path TEXT NOT NULL,
        PRIMARY KEY (folder_id, path)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE files (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
        folder_id INTEGER REFERENCES folders ON DELETE SET NULL,
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        format TEXT,
        bytes INTEGER NOT NULL,
        modified_at REAL NOT NULL,
        content_hash BLOB,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'stored', 'failed')),
        priority INTEGER NOT NULL DEFAULT 0,
        indexed_at INTEGER,
        document_count INTEGER NOT NULL DEFAULT 0,
        passage_count INTEGER NOT NULL DEFAULT 0,
        title TEXT,
        first_document_id INTEGER,
        failure TEXT,
        warnings TEXT NOT NULL DEFAULT '[]',
        vectors_fingerprint TEXT,
        UNIQUE (collection_id, path)
      ) STRICT;
      CREATE INDEX files_state ON files (state, priority);
      CREATE INDEX files_folder ON files (folder_id);
      CREATE INDEX files_hash ON files (content_hash);

      CREATE TABLE documents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        file_id INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
        collection_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        key TEXT,
        title TEXT NOT NULL,
        hash BLOB NOT NULL,
        characters INTEGER NOT NULL,
        pages INTEGER,
        passage_count INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX documents_file ON documents (file_id, ordinal);
      CREATE INDEX documents_collection ON documents (collection_id);

      CREATE TABLE document_texts (
        document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        start INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (document_id, start)
      ) STRICT;

      CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        page INTEGER,
        slide INTEGER,
        sheet TEXT,
        heading TEXT,
        hash BLOB NOT NULL,
        words_hash BLOB NOT NULL
      ) STRICT;
      CREATE INDEX passages_document ON passages (document_id, ordinal);
      CREATE INDEX passages_hash ON passages (hash);

      CREATE VIRTUAL TABLE passages_fts USING fts5(
        head, terms, content='', contentless_delete=1, detail=full, tokenize="${tokenizer}"
      );
      CREATE VIRTUAL TABLE passages_terms USING fts5vocab('passages_fts', 'row');

      CREATE TABLE index_models (
        fingerprint TEXT PRIMARY KEY,
        model_id TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('active', 'building'))
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE saved_questions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        question TEXT NOT NULL,
        relevant TEXT NOT NULL,
        recall REAL
      ) STRICT;

      CREATE TABLE saved_suggestions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        request_id TEXT NOT NULL,
        intent TEXT NOT NULL,
        request TEXT NOT NULL,
        text TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        accepted INTEGER NOT NULL,
        rating INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
