/**
 * Time until words can be searched, against reading the same files alone (same reader processes, same
 * machine, in turns). `node bench/indexing.ts [--folder DIR] [--rounds N]`
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chunkOptionsFor } from "../core/rag/library/chunker.ts";
import { makeLibrary } from "../core/rag/library/library.ts";
import { isReadable } from "../core/rag/readers/formats.ts";
import { makeProcessReader } from "../core/rag/readers/process/process-reader.ts";
import { spawnNodeReader } from "../core/rag/readers/process/node-reader.ts";
import type { FileReader } from "../core/rag/readers/reader.ts";
import { makeMemorySearchIndex } from "../core/rag/index/testing/memory-search-index.ts";
import { TERMS_VERSION, toTerms } from "../core/rag/search/words/terms.ts";
import { openDatabase } from "../core/store/open.ts";
import { median } from "./measure/timings.ts";
import { printTable } from "./measure/table.ts";

const root = resolve(import.meta.dirname, "..");
const { values } = parseArgs({
  options: { folder: { type: "string" }, rounds: { type: "string", default: "5" } },
});
const work = mkdtempSync(join(tmpdir(), "qwill-bench-"));
const signal = new AbortController().signal;
const parallel = 2;

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => isReadable(path) && statSync(path).isFile());
}

/** Without documents of one's own: notes such as people keep, 2,000 words each. */
function notes(count: number): string {
  const words = "heron ledger tide moor reed harbour invoice quarter meeting decision budget garden".split(
    " ",
  );
  for (let file = 0; file < count; file++) {
    const paragraphs = Array.from({ length: 20 }, (_, at) =>
      Array.from({ length: 100 }, (__, n) => words[(file * 31 + at * 17 + n * n) % words.length]).join(" "),
    );
    writeFileSync(
      join(work, `${file}.md`),
      paragraphs.map((text, at) => `## Part ${at}\n\n${text}.\n`).join("\n"),
    );
  }
  return work;
}

function newReader(): FileReader {
  return makeProcessReader({
    spawn: () => spawnNodeReader({ entry: join(root, "electron/reader/index.ts") }),
    parallel,
  });
}

/** One round: start-up of the reader processes is part of both. */
async function readAlone(paths: readonly string[]): Promise<number> {
  const reader = newReader();
  const started = performance.now();
  await Promise.allSettled(paths.map((path) => reader.read(path, signal)));
  const spent = performance.now() - started;
  await reader.close();
  return spent;
}

let databases = 0;
async function untilWords(paths: readonly string[]): Promise<{ spent: number; passages: number }> {
  const reader = newReader();
  const db = openDatabase({ path: join(work, `${databases++}.db`), key: new Uint8Array(32).fill(7) });
  const options = chunkOptionsFor(null);
  const library = makeLibrary({
    db,
    reader,
    isReadable,
    toTerms,
    termsVersion: TERMS_VERSION,
    now: Date.now,
    chunkOptions: () => options,
    makeRetriever: () => ({ search: async () => Promise.reject(new Error("not searched")) }),
    index: makeMemorySearchIndex(),
    isWatching: false,
    parallelReads: parallel + 1,
  });
  const { id } = library.ensureCollection("Bench");
  const started = performance.now();
  await library.add(id, paths);
  await library.whenIdle();
  const spent = performance.now() - started;
  const passages = library.listCollections()[0]?.passages ?? 0;
  await library.close();
  await reader.close();
  db.close();
  return { spent, passages };
}

const shared = join(process.env["QWILL_SHARED"] ?? resolve(root, "../shared"), "data/documents");
const sets: [name: string, paths: string[], goal: number][] = [["300 notes", filesUnder(notes(300)), 1.3]];
if (values.folder !== undefined) sets.push([values.folder, filesUnder(values.folder), 1.3]);
else if (existsSync(shared)) sets.push(["mixed formats", filesUnder(shared), 1.15]);
for (const [name, paths, goal] of sets) {
  const alone: number[] = [];
  const whole: number[] = [];
  let passages = 0;
  for (let round = 0; round < Number(values.rounds); round++) {
    alone.push(await readAlone(paths));
    const found = await untilWords(paths);
    whole.push(found.spent);
    passages = found.passages;
  }
  const [reading, words] = [median(alone), median(whole)];
  printTable(`Until words can be searched: ${name}, ${paths.length} files, ${passages} passages`, [
    { name: "reading alone", value: reading, unit: "ms" },
    { name: "until words can be searched", value: words, unit: "ms" },
    { name: "ratio", value: words / reading, goal },
    { name: "passages a second", value: (passages / words) * 1000 },
  ]);
}
rmSync(work, { recursive: true });
