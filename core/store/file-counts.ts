import { hiddenCollections } from "./hidden.ts";
import { reading, type ReadDb } from "./handle.ts";

/** Files that stand in the same place, over all collections. */
export interface FileGroup {
  /** `waiting`, `failed`, `left-out`, `stored`, or one of `groupOfReady`. */
  readonly name: string;
  /** Its text is in, whatever vectors it has. */
  readonly isStored: boolean;
  readonly files: number;
  readonly documents: number;
  readonly passages: number;
  /** Files by collection id. */
  readonly inCollections: ReadonlyMap<number, number>;
}

/** The group of files whose vectors of this model are complete. */
export function groupOfReady(fingerprint: string): string {
  return `=${fingerprint}`;
}

interface Row {
  readonly collectionId: number;
  readonly name: string;
  readonly files: number;
  readonly documents: number;
  readonly passages: number;
}

/** All groups with files in them, from the counts that triggers keep: a row for each collection and group. */
export function groupsOf(db: ReadDb): FileGroup[] {
  const rows = reading<Row>(
    db,
    `SELECT collection_id AS collectionId, list_group AS name, files, documents, passages FROM file_counts
     WHERE files > 0 AND collection_id NOT IN ${hiddenCollections}`,
  ).all();
  return [...new Set(rows.map(({ name }) => name))].map((name) => {
    const of = rows.filter((row) => row.name === name);
    const sumOf = (field: "files" | "documents" | "passages"): number =>
      of.reduce((sum, row) => sum + row[field], 0);
    return {
      name,
      isStored: name === "stored" || name.startsWith("="),
      files: sumOf("files"),
      documents: sumOf("documents"),
      passages: sumOf("passages"),
      inCollections: new Map(of.map((row) => [row.collectionId, row.files])),
    };
  });
}

export interface FileCounts {
  readonly total: number;
  readonly waiting: number;
  /** Files whose text is in. */
  readonly stored: number;
  /** Of these, those whose vectors are complete. */
  readonly ready: number;
  readonly failed: number;
  readonly passages: number;
  /** Passages of stored files whose vectors are not complete. */
  readonly openPassages: number;
}

/** How many files stand where, and their passages; `fingerprint` is the active model's, null where there is none. */
export function countFiles(db: ReadDb, fingerprint: string | null): FileCounts {
  const groups = groupsOf(db);
  const filesIn = (name: string): number => groups.find((group) => group.name === name)?.files ?? 0;
  const ready = fingerprint === null ? null : groupOfReady(fingerprint);
  const stored = groups.filter(({ isStored }) => isStored);
  const open = stored.filter(({ name }) => name !== ready);
  const sum = (of: readonly FileGroup[], field: "files" | "passages"): number =>
    of.reduce((total, group) => total + group[field], 0);
  return {
    total: sum(groups, "files"),
    waiting: filesIn("waiting"),
    stored: sum(stored, "files"),
    ready: ready === null ? 0 : filesIn(ready),
    failed: filesIn("failed"),
    passages: sum(groups, "passages"),
    openPassages: sum(open, "passages"),
  };
}
