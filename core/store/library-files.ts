import type { FileState, LibraryFile } from "../contract/documents.ts";
import { fileColumns, toFileRow, type FileRow, type RawFile } from "./files.ts";
import { reading, type ReadDb } from "./handle.ts";

/** What the state of a file depends on besides its row. */
export interface FileView {
  /** The active embedding model; null: none, so nothing is more than `words`. */
  readonly fingerprint: string | null;
  /** Files being read at this moment. */
  readonly reading: ReadonlySet<number>;
  /** How many passages of a file have their vector in the active model; asked for unfinished files only. */
  readonly embedded: (fileId: number) => number;
}

export function stateOf(row: FileRow, view: Pick<FileView, "fingerprint" | "reading">): FileState {
  if (view.reading.has(row.id)) return "reading";
  if (row.state !== "stored") return row.state;
  return view.fingerprint !== null && row.vectorsFingerprint === view.fingerprint ? "ready" : "words";
}

export function toLibraryFile(row: FileRow, view: FileView): LibraryFile {
  const { contentHash: _, folderId: __, vectorsFingerprint: ___, priority: ____, ...shown } = row;
  const state = stateOf(row, view);
  const complete = view.fingerprint !== null && row.vectorsFingerprint === view.fingerprint;
  return {
    ...shown,
    state,
    warnings: [...row.warnings],
    embedded: complete ? row.passages : view.embedded(row.id),
  };
}

export interface FileQuery {
  readonly collectionId?: number | undefined;
  readonly state?: FileState | undefined;
  readonly filter: string;
  readonly offset: number;
  readonly limit: number;
}

const stateSql = `CASE
  WHEN id IN (SELECT value FROM json_each(@reading)) THEN 'reading'
  WHEN state != 'stored' THEN state
  WHEN @fingerprint IS NOT NULL AND vectors_fingerprint IS @fingerprint THEN 'ready'
  ELSE 'words' END`;
const where = `WHERE (@collectionId IS NULL OR collection_id = @collectionId)
  AND (@filter = '' OR instr(lower(name), lower(@filter)) > 0)
  AND (@state IS NULL OR ${stateSql} = @state)`;

/** A page of the library's rows, by name, with how many there are in all. */
export function listFiles(
  db: ReadDb,
  query: FileQuery,
  view: FileView,
): { files: LibraryFile[]; total: number } {
  const parameters = {
    collectionId: query.collectionId ?? null,
    state: query.state ?? null,
    filter: query.filter,
    reading: JSON.stringify([...view.reading]),
    fingerprint: view.fingerprint,
  };
  const total =
    reading<{ n: number }>(db, `SELECT count(*) AS n FROM files ${where}`).get(parameters)?.n ?? 0;
  const rows = reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files ${where} ORDER BY name COLLATE NOCASE, id LIMIT @limit OFFSET @offset`,
  ).all({ ...parameters, limit: query.limit, offset: query.offset });
  return { files: rows.map((raw) => toLibraryFile(toFileRow(raw), view)), total };
}
