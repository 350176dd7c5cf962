// A library of many files: what a small file costs to index in it, picking the next file, one change while the window
// is open, and pages of the list.
//   node bench/library.ts [--files 100000] [--rounds 200]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeSqliteSearchIndex } from "../core/rag/index/sqlite/search-index.ts";
import { fakeEmbedder } from "../core/rag/embedding/testing/fake-embedder.ts";
import { chunkOptionsFor } from "../core/rag/library/chunker.ts";
import { makeLibrary, type Library } from "../core/rag/library/library.ts";
import { isReadable } from "../core/rag/readers/formats.ts";
import { readPath } from "../core/rag/readers/testing/read-path.ts";
import { makeHybridRetriever } from "../core/rag/search/hybrid-retriever.ts";
import { TERMS_VERSION, toTerms } from "../core/rag/search/words/terms.ts";
import { markVectorsComplete, nextWithoutVectors, waitingFiles } from "../core/store/file-queue.ts";
import { makeLargeLibrary, noteText, type LargeLibrary } from "./library/large-library.ts";
import { printTable } from "./measure/table.ts";
import { inTurns, median } from "./measure/timings.ts";

const { values: options } = parseArgs({
  options: { files: { type: "string", default: "100000" }, rounds: { type: "string", default: "200" } },
});
const many = Number(options.files);
const few = 1_000;
const rounds = Number(options.rounds);
/** Files indexed in one go: what is booked for a group stands beside what a file costs. */
const atOnce = 20;
const say = (what: string): void => void process.stderr.write(`${what} …\n`);

function open(base: LargeLibrary, bench: { readonly changed: (() => void) | null }): Library {
  const index = makeSqliteSearchIndex(base.db);
  return makeLibrary({
    db: base.db,
    // In this process: readers of their own cost the same in any library.
    reader: { read: readPath, close: async () => undefined },
    isReadable,
    toTerms,
    termsVersion: TERMS_VERSION,
    now: Date.now,
    chunkOptions: () => chunkOptionsFor(null),
    index,
    makeRetriever: (model) => makeHybridRetriever({ index, db: base.db, model }),
    isWatching: false,
    parallelReads: 2,
    changed: () => bench.changed?.(),
  });
}

/** What a window asks for when a row changed: the row, what counts files, and how far the work is. */
function askAsWindow(library: Library, ids: readonly number[]): void {
  library.fileRows(ids);
  library.listCollections();
  library.folders();
  library.progress();
}

interface Bench {
  readonly base: LargeLibrary;
  readonly library: Library;
  /** Called with each change of the library. */
  changed: (() => void) | null;
}

function make(files: number, waiting: number): Bench {
  say(`making a library of ${files} files, ${waiting} of them waiting`);
  const base = makeLargeLibrary(files, waiting);
  const told: { changed: (() => void) | null } = { changed: null };
  return Object.assign(told, { base, library: open(base, told) });
}

let written = 0;

/** Processor milliseconds of this process for a small file: its row, its words and its vectors. */
async function costOfFile(
  { base, library }: Bench,
  files = atOnce,
  afterwards: () => Promise<unknown> = async () => undefined,
): Promise<number> {
  mkdirSync(base.root, { recursive: true });
  const paths = Array.from({ length: files }, () => {
    const path = join(base.root, `New ${(written += 1)}.md`);
    writeFileSync(path, noteText(10_000_000 + written));
    return path;
  });
  const before = process.cpuUsage();
  await library.add(base.collectionId, paths);
  await library.whenIdle();
  await afterwards();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / files;
}

const large = make(many, 0);
const small = make(few, 0);
for (const { base, library } of [large, small]) {
  const embedder = fakeEmbedder();
  // Those that are there have theirs.
  markVectorsComplete(base.db, embedder.fingerprint, Date.now());
  await library.models.use(embedder);
  await library.whenIdle();
}
say("indexing small files");
const indexing = await inTurnsOf(large, small, async (bench) => costOfFile(bench), 40);

say("changing one file with the window open");
const [shown] = large.library.files({ filter: "", offset: 0, limit: 1 }).files;
let answered: Promise<void> | null = null;
large.changed = () => {
  // A window gathers what it is told for a quarter of a second. A file came, so it asks for the page in sight too, the first.
  answered ??= new Promise<void>((done) => {
    setTimeout(() => {
      answered = null;
      askAsWindow(large.library, [shown?.id ?? 0]);
      large.library.files({ filter: "", offset: 0, limit: 100 });
      done();
    }, 250);
  });
};
const changes: number[] = [];
for (let round = 0; round < 20; round++) changes.push(await costOfFile(large, 1, async () => answered));
large.changed = null;
say("asking for pages");
const page = (offset: number) => () => large.library.files({ filter: "", offset, limit: 100 });
const asked = await inTurns(
  {
    first: page(0),
    middle: page(Math.floor(many / 2)),
    last: page(many - 100),
  },
  [null],
  rounds,
);

const manyWaiting = make(many, many);
const fewWaiting = make(few, few);
say("picking the next file");
const picks = await inTurns(
  {
    many: () => waitingFiles(manyWaiting.base.db, 2),
    few: () => waitingFiles(fewWaiting.base.db, 2),
    // Of another model are the vectors of all.
    manyVectors: () => nextWithoutVectors(large.base.db, "another", []),
    fewVectors: () => nextWithoutVectors(small.base.db, "another", []),
  },
  Array.from({ length: 20 }, () => null),
  rounds,
);

const of = (times: Readonly<Record<string, number[]>>, name: string): number => median(times[name] ?? []);
printTable(`A library of ${many} files, against one of ${few}`, [
  {
    name: "CPU to index a small file, large / small",
    value: median(indexing.large) / median(indexing.small),
    goal: 1.2,
  },
  { name: "  in the large one", value: median(indexing.large), unit: "ms" },
  {
    name: "picking the next file to read, large / small",
    value: of(picks, "many") / of(picks, "few"),
    goal: 1.2,
  },
  {
    name: "picking the next file to embed, large / small",
    value: of(picks, "manyVectors") / of(picks, "fewVectors"),
    goal: 1.2,
  },
  {
    name: "work for one changed file with the window open (CPU)",
    value: median(changes),
    unit: "ms",
    goal: 10,
  },
  { name: "first page of the list", value: of(asked, "first"), unit: "ms", goal: 5 },
  { name: "middle page", value: of(asked, "middle"), unit: "ms", goal: 5 },
  { name: "last page", value: of(asked, "last"), unit: "ms", goal: 5 },
]);
for (const { base, library } of [large, small, manyWaiting, fewWaiting]) {
  await library.close();
  base.close();
}

/** The same work in both, in turns. */
async function inTurnsOf(
  one: Bench,
  other: Bench,
  cost: (bench: Bench) => Promise<number>,
  times: number,
): Promise<{ large: number[]; small: number[] }> {
  const costs = { large: [] as number[], small: [] as number[] };
  await cost(one);
  await cost(other);
  for (let time = 0; time < times; time++) {
    costs.large.push(await cost(one));
    costs.small.push(await cost(other));
  }
  return costs;
}
