import { hiddenCollections } from "./hidden.ts";
import { reading, type ReadDb } from "./handle.ts";

/** Each query counts rows that must not be. */
const rules: readonly (readonly [problem: string, sql: string])[] = [
  [
    "files that are stored without what they should hold",
    `SELECT count(*) AS n FROM files f WHERE f.state = 'stored' AND (f.passage_count = 0
       OR f.document_count != (SELECT count(*) FROM documents d WHERE d.file_id = f.id)
       OR f.passage_count != (SELECT count(*) FROM documents d JOIN passages p ON p.document_id = d.id WHERE d.file_id = f.id))`,
  ],
  [
    "documents without their text",
    `SELECT count(*) AS n FROM documents d WHERE d.characters > 0 AND d.collection_id NOT IN ${hiddenCollections}
       AND NOT EXISTS (SELECT 1 FROM document_texts t WHERE t.document_id = d.id)`,
  ],
  [
    "passages that cannot be found by words",
    "SELECT count(*) AS n FROM passages p WHERE NOT EXISTS (SELECT 1 FROM passages_fts_docsize s WHERE s.id = p.id)",
  ],
  [
    "words of passages that are gone",
    "SELECT count(*) AS n FROM passages_fts_docsize s WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.id = s.id)",
  ],
  [
    "files called ready whose vectors are not all there",
    `SELECT count(*) AS n FROM files f JOIN vector_models m ON m.fingerprint = f.vectors_fingerprint
     WHERE f.state = 'stored' AND EXISTS (
       SELECT 1 FROM documents d JOIN passages p ON p.document_id = d.id WHERE d.file_id = f.id
         AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.key = m.id * 4294967296 + p.id))`,
  ],
  [
    "files called ready for a model that has no vectors",
    `SELECT count(*) AS n FROM files f WHERE f.vectors_fingerprint IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM vector_models m WHERE m.fingerprint = f.vectors_fingerprint)`,
  ],
  [
    "counts of files that are not what their rows say",
    `WITH counted AS (SELECT collection_id, list_group, count(*) AS files, sum(document_count), sum(passage_count)
       FROM files GROUP BY collection_id, list_group),
     kept AS (SELECT * FROM file_counts WHERE files > 0)
     SELECT count(*) AS n FROM (SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
       UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted))`,
  ],
];

/** What is wrong with the database, in words; empty: all is well. Reads every page. */
export function findProblems(db: ReadDb): string[] {
  const pages = reading<{ integrity_check: string }>(db, "PRAGMA integrity_check")
    .all()
    .map((row) => row.integrity_check);
  const problems = pages.filter((line) => line !== "ok");
  for (const [problem, sql] of rules) {
    const count = reading<{ n: number }>(db, sql).get()?.n ?? 0;
    if (count > 0) problems.push(`${count} ${problem}`);
  }
  return problems;
}
