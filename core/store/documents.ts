import type { DocumentHead, Place } from "../contract/documents.ts";
import { hiddenCollections } from "./hidden.ts";
import { readDocumentSlice } from "./document-text.ts";
import { reading, type ReadDb } from "./handle.ts";

const head = `SELECT d.id, d.file_id AS fileId, d.collection_id AS collectionId, d.key, d.title, f.path, f.format,
    d.characters, d.passage_count AS passages, d.pages
  FROM documents d JOIN files f ON f.id = d.file_id AND f.collection_id NOT IN ${hiddenCollections}`;

export function getDocument(db: ReadDb, id: number): DocumentHead | undefined {
  return reading<DocumentHead>(db, `${head} WHERE d.id = ?`).get(id);
}

/** A page of a file's documents, in the file's order. */
export function documentsOfFile(db: ReadDb, fileId: number, offset: number, limit: number): DocumentHead[] {
  return reading<DocumentHead>(db, `${head} WHERE d.file_id = ? ORDER BY d.ordinal LIMIT ? OFFSET ?`).all(
    fileId,
    limit,
    offset,
  );
}

/** A page of all documents, by id. */
export function listDocuments(
  db: ReadDb,
  collectionId: number | null,
  after: number,
  limit: number,
): DocumentHead[] {
  return reading<DocumentHead>(
    db,
    `${head} WHERE d.id > @after AND (@collectionId IS NULL OR d.collection_id = @collectionId) ORDER BY d.id LIMIT @limit`,
  ).all({ collectionId, after, limit });
}

/** The ids of all documents of these collections, to scope a vector search. */
export function documentIdsOf(db: ReadDb, collections: readonly number[]): Set<number> {
  const rows = reading<{ id: number }>(
    db,
    `SELECT id FROM documents WHERE collection_id IN (SELECT value FROM json_each(?))
       AND collection_id NOT IN ${hiddenCollections}`,
  ).all(JSON.stringify(collections));
  return new Set(rows.map((row) => row.id));
}

/** A stored passage with its place and text. */
export interface PassageRow {
  readonly id: number;
  readonly documentId: number;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly place: Place;
  readonly text: string;
}

interface Raw {
  id: number;
  documentId: number;
  ordinal: number;
  start: number;
  end: number;
  page: number | null;
  slide: number | null;
  sheet: string | null;
  heading: string | null;
}

const columns = `p.id, p.document_id AS documentId, p.ordinal, p.start, p."end", p.page, p.slide, p.sheet, p.heading`;

function toPlace(raw: Raw): Place {
  return {
    ...(raw.page !== null && { page: raw.page }),
    ...(raw.slide !== null && { slide: raw.slide }),
    ...(raw.sheet !== null && { sheet: raw.sheet }),
    ...(raw.heading !== null && { heading: raw.heading }),
  };
}

function toPassagePlace(raw: Raw): PassagePlace {
  const { id, documentId, ordinal, start, end } = raw;
  return { id, documentId, ordinal, start, end, place: toPlace(raw) };
}

function toPassage(db: ReadDb, raw: Raw): PassageRow {
  const { documentId, start, end } = raw;
  return { ...toPassagePlace(raw), text: readDocumentSlice(db, documentId, start, end) };
}

/** Passages by id, in the order asked for; those that are gone are left out. */
export function getPassages(db: ReadDb, ids: readonly number[]): PassageRow[] {
  const statement = reading<Raw>(db, `SELECT ${columns} FROM passages p WHERE p.id = ?`);
  const rows: PassageRow[] = [];
  for (const id of ids) {
    const raw = statement.get(id);
    if (raw) rows.push(toPassage(db, raw));
  }
  return rows;
}

/** A document's passages from `offset` on, in reading order. */
export function passagesOfDocument(
  db: ReadDb,
  documentId: number,
  offset: number,
  limit: number,
): PassageRow[] {
  return reading<Raw>(
    db,
    `SELECT ${columns} FROM passages p WHERE p.document_id = ? AND p.ordinal >= ? ORDER BY p.ordinal LIMIT ?`,
  )
    .all(documentId, offset, limit)
    .map((raw) => toPassage(db, raw));
}

/** The ordinal of the passage that holds the offset, else the next one, else the last. */
export function locatePassage(db: ReadDb, documentId: number, offset: number): number {
  const holding = reading<{ ordinal: number }>(
    db,
    `SELECT ordinal FROM passages WHERE document_id = ? AND "end" > ? ORDER BY ordinal LIMIT 1`,
  ).get(documentId, offset);
  if (holding) return holding.ordinal;
  const last = reading<{ ordinal: number | null }>(
    db,
    "SELECT max(ordinal) AS ordinal FROM passages WHERE document_id = ?",
  );
  return last.get(documentId)?.ordinal ?? 0;
}

/** The ids of all passages with the same text as this one, letter for letter; read from the index alone. */
export function passageIdsLike(db: ReadDb, passageId: number): number[] {
  return reading<{ id: number }>(
    db,
    "SELECT id FROM passages WHERE hash = (SELECT hash FROM passages WHERE id = ?)",
  )
    .all(passageId)
    .map(({ id }) => id);
}

/** A stored passage with its place, without its text. */
export type PassagePlace = Omit<PassageRow, "text">;

/** All passages of a document in reading order, without their text. */
export function passagePlacesOf(db: ReadDb, documentId: number): PassagePlace[] {
  return reading<Raw>(db, `SELECT ${columns} FROM passages p WHERE p.document_id = ? ORDER BY p.ordinal`)
    .all(documentId)
    .map(toPassagePlace);
}

/** Up to `limit` other passages with the same text, letter for letter; of these collections, or of all when none is named. */
export function copiesOfPassage(
  db: ReadDb,
  passageId: number,
  collections: readonly number[],
  limit: number,
): PassagePlace[] {
  return reading<Raw>(
    db,
    `SELECT ${columns} FROM passages p JOIN documents d ON d.id = p.document_id
     WHERE p.hash = (SELECT hash FROM passages WHERE id = @passageId) AND p.id <> @passageId
       AND d.collection_id NOT IN ${hiddenCollections}
       AND (@all OR d.collection_id IN (SELECT value FROM json_each(@collections)))
     LIMIT @limit`,
  )
    .all({
      passageId,
      limit,
      all: Number(collections.length === 0),
      collections: JSON.stringify(collections),
    })
    .map(toPassagePlace);
}
