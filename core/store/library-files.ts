import type { FileState, LibraryFile } from "../contract/documents.ts";
import { groupOfReady, groupsOf, type FileGroup } from "./file-counts.ts";
import { fileColumns, toFileRow, type FileRow, type RawFile } from "./files.ts";
import { foldName } from "./fold-name.ts";
import { hiddenCollectionIds, hiddenCollections } from "./hidden.ts";
import { reading, type ReadDb } from "./handle.ts";

/** What the state of a file depends on besides its row. */
export interface FileView {
  /** The active embedding model; null: none, so nothing is more than `words`. */
  readonly fingerprint: string | null;
  /** Files being read at this moment. */
  readonly reading: ReadonlySet<number>;
  /** How many passages of a file that is under way have their vector in the active model. */
  readonly embedded: (fileId: number) => number;
}

/** The state a person sees. */
export function stateOf(row: FileRow, view: Pick<FileView, "fingerprint" | "reading">): FileState {
  if (view.reading.has(row.id)) return "reading";
  if (row.isLeftOut) return "left-out";
  if (row.state !== "stored") return row.state;
  return isReady(row, view) ? "ready" : "words";
}

function isReady(row: FileRow, view: Pick<FileView, "fingerprint">): boolean {
  return view.fingerprint !== null && row.vectorsFingerprint === view.fingerprint;
}

/** The row as the window shows it. */
export function toLibraryFile(row: FileRow, view: FileView): LibraryFile {
  const {
    contentHash: _,
    folderId: __,
    vectorsFingerprint: ___,
    priority: ____,
    isLeftOut: _____,
    ...shown
  } = row;
  return {
    ...shown,
    state: stateOf(row, view),
    failure: row.state === "failed" ? row.failure : null,
    warnings: [...row.warnings],
    embedded: isReady(row, view) ? row.passages : view.embedded(row.id),
  };
}

export interface FileQuery {
  readonly collectionId?: number | undefined;
  readonly state?: FileState | undefined;
  /** Part of a name, in any case and any way of writing its letters. */
  readonly filter: string;
  readonly offset: number;
  readonly limit: number;
}

/** As many entries of an index are stepped over in the time that one row is read. */
const ENTRIES_A_ROW = 8;

interface Named {
  readonly id: number;
  readonly nameKey: string;
}

/** A page of the library's rows, by name, with how many there are in all. */
export function listFiles(
  db: ReadDb,
  query: FileQuery,
  view: FileView,
): { files: LibraryFile[]; total: number } {
  const { ids, total } = query.state === "reading" ? pageOfReading(db, query, view) : pageOf(db, query, view);
  return { files: filesWithIds(db, ids, view), total };
}

/** These rows, those that are gone left out. */
export function filesWithIds(db: ReadDb, ids: readonly number[], view: FileView): LibraryFile[] {
  const row = reading<RawFile>(
    db,
    `SELECT ${fileColumns} FROM files WHERE id = ? AND collection_id NOT IN ${hiddenCollections}`,
  );
  return ids.flatMap((id) => {
    const raw = row.get(id);
    return raw ? [toLibraryFile(toFileRow(raw), view)] : [];
  });
}

/** Those being read are few, and no index knows them. */
function pageOfReading(db: ReadDb, query: FileQuery, view: FileView): { ids: number[]; total: number } {
  const rows = reading<Named>(
    db,
    `SELECT id, name_key AS nameKey FROM files WHERE id IN (SELECT value FROM json_each(@reading))
       AND (@collectionId IS NULL OR collection_id = @collectionId) AND instr(name_key, @filter) > 0`,
  ).all({
    reading: JSON.stringify([...view.reading]),
    collectionId: query.collectionId ?? null,
    filter: foldName(query.filter),
  });
  const ids = rows
    .toSorted((a, b) => (a.nameKey === b.nameKey ? a.id - b.id : a.nameKey < b.nameKey ? -1 : 1))
    .map(({ id }) => id);
  return { ids: ids.slice(query.offset, query.offset + query.limit), total: ids.length };
}

/**
 * From an index that has the order: what comes before the page is stepped over in it, from the nearer end, and
 * no row but those of the page is read.
 */
function pageOf(db: ReadDb, query: FileQuery, view: FileView): { ids: number[]; total: number } {
  const groups = groupsIn(db, query.state, view.fingerprint);
  const hidden = hiddenCollectionIds(db);
  const parameters = {
    ...Object.fromEntries(hidden.map((id, at) => [`hidden${at}`, id])),
    collectionId: query.collectionId ?? null,
    filter: foldName(query.filter),
    reading: JSON.stringify([...view.reading]),
    ...Object.fromEntries((groups ?? []).map(({ name }, at) => [`group${at}`, name])),
  };
  const arms = armsOf(db, query, groups, hidden.length, view.reading.size > 0);
  const total = query.filter === "" ? countOf(db, query, groups, view) : countMatching(db, arms, parameters);
  const isFromEnd = query.offset > total / 2;
  const end = Math.min(query.offset + query.limit, total);
  const direction = isFromEnd ? "DESC" : "ASC";
  const ids = reading<Named>(
    db,
    `${arms.join(" UNION ALL ")} ORDER BY nameKey ${direction}, id ${direction} LIMIT @limit OFFSET @offset`,
  )
    .all({
      ...parameters,
      limit: Math.max(0, end - query.offset),
      offset: isFromEnd ? total - end : query.offset,
    })
    .map(({ id }) => id);
  return { ids: isFromEnd ? ids.toReversed() : ids, total };
}

/** The groups of files with this state; null: all files. */
function groupsIn(db: ReadDb, state: FileState | undefined, fingerprint: string | null): FileGroup[] | null {
  if (state === undefined) return null;
  const ready = fingerprint === null ? null : groupOfReady(fingerprint);
  const groups = groupsOf(db).filter(({ name, isStored }) => {
    if (state === "ready") return name === ready;
    if (state === "words") return isStored && name !== ready;
    return name === state;
  });
  return groups;
}

/** One SELECT for each group, so that each comes in the order of its index and SQLite only merges them. */
function armsOf(
  db: ReadDb,
  query: FileQuery,
  groups: readonly FileGroup[] | null,
  hidden: number,
  isReading: boolean,
): string[] {
  const conditions = [
    // The plus keeps SQLite to the index that has the order; one by one, they cost a third of a list.
    ...Array.from({ length: hidden }, (_, at) => `+collection_id != @hidden${at}`),
    ...(query.filter === "" ? [] : ["instr(name_key, @filter) > 0"]),
    ...(query.state === "waiting" && isReading ? ["id NOT IN (SELECT value FROM json_each(@reading))"] : []),
  ];
  const { collectionId } = query;
  const inCollection = collectionId === undefined ? [] : ["collection_id = @collectionId"];
  const select = (more: readonly string[]): string => {
    return `SELECT id, name_key AS nameKey FROM files WHERE ${[...more, ...conditions].join(" AND ")}`;
  };
  if (groups === null) return [select(inCollection)];
  // No group has files: the shape stays, and nothing is found.
  if (groups.length === 0) return [select(["id IS NULL"])];
  const filesIn = groupsOf(db).reduce((n, group) => n + (group.inCollections.get(collectionId ?? 0) ?? 0), 0);
  return groups.map(({ files }, at) => {
    // The index of a collection knows no states: each of its files would be read. The plus passes it by.
    const isByGroup = files < filesIn * ENTRIES_A_ROW;
    return select([
      `list_group = @group${at}`,
      ...inCollection.map((each) => (isByGroup ? `+${each}` : each)),
    ]);
  });
}

function countMatching(db: ReadDb, arms: readonly string[], parameters: object): number {
  const counts = arms.map((arm) => `SELECT count(*) AS n FROM (${arm})`).join(" UNION ALL ");
  return reading<{ n: number }>(db, counts)
    .all(parameters)
    .reduce((sum, { n }) => sum + n, 0);
}

/** From the counts that are kept; those being read still wait in their rows. */
function countOf(db: ReadDb, query: FileQuery, groups: readonly FileGroup[] | null, view: FileView): number {
  const counts = groups ?? groupsOf(db);
  const of = (group: FileGroup): number =>
    query.collectionId === undefined ? group.files : (group.inCollections.get(query.collectionId) ?? 0);
  const sum = counts.reduce((n, group) => n + of(group), 0);
  if (query.state !== "waiting" || view.reading.size === 0) return sum;
  return sum - pageOfReading(db, { ...query, offset: 0, limit: 0 }, view).total;
}
