// Watched folders: what one changed file costs in a large tree and in a small one, and how long it takes until a
// folder that was moved is found again.
//   node bench/watching.ts [--files 100000] [--moved 50000] [--rounds 30]
import { readdir } from "node:fs/promises";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeFollower, type FollowDeps, type Follower } from "../core/rag/library/follow.ts";
import { isReadable } from "../core/rag/readers/formats.ts";
import { fileAt, filesUnder } from "../core/store/files-on-disk.ts";
import { listFolders } from "../core/store/folders.ts";
import {
  makeLargeLibrary,
  notePath,
  noteText,
  outermost,
  type LargeLibrary,
} from "./library/large-library.ts";
import { printTable } from "./measure/table.ts";
import { median, timed } from "./measure/timings.ts";

const { values: options } = parseArgs({
  options: {
    files: { type: "string", default: "100000" },
    moved: { type: "string", default: "50000" },
    rounds: { type: "string", default: "30" },
  },
});
const signal = new AbortController().signal;
const rounds = Number(options.rounds);
const say = (what: string): void => void process.stderr.write(`${what} …\n`);

interface Watched {
  readonly library: LargeLibrary;
  readonly follower: Follower;
  /** Resolves once the rows were brought up to a change, with when the work on it began. */
  readonly change: () => Promise<{ readonly begunAt: number }>;
  readonly close: () => Promise<void>;
}

function followDeps({ db }: LargeLibrary): Omit<FollowDeps, "isWatching"> {
  return {
    db,
    isReadable,
    indexer: { wake: () => undefined },
    changed: () => undefined,
    removed: () => undefined,
    failed: (error) => {
      throw error;
    },
  };
}

async function watch(files: number): Promise<Watched> {
  say(`making a library of ${files} files`);
  const library = makeLargeLibrary(files, 0, true);
  let tell: (() => void) | null = null;
  let begunAt = 0;
  const follower = makeFollower({
    ...followDeps(library),
    isWatching: true,
    clock: {
      now: Date.now,
      // The quiet that a burst is given to end is not work.
      after: (milliseconds, work) => {
        const timer = setTimeout(() => {
          begunAt = performance.now();
          work();
        }, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    changed: () => tell?.(),
  });
  say("scanning it");
  const scanned = await follower.scanNow({ retryFailed: false, only: null }, signal);
  if (scanned.added + scanned.changed + scanned.removed > 0)
    throw new Error("the rows are not as the disk is");
  return {
    library,
    follower,
    change: () =>
      new Promise((resolve) => {
        tell = () => resolve({ begunAt });
      }),
    close: async () => {
      await follower.close();
      library.close();
    },
  };
}

/** Processor milliseconds of this process from a file's change until its row waits to be read. */
async function costOfChange({ library, change }: Watched, number: number): Promise<number> {
  const path = notePath(library.root, number);
  const before = process.cpuUsage();
  const done = change();
  writeFileSync(path, `${noteText(number)}\nChanged.\n`);
  await done;
  const cost = workedSince(before);
  if (fileAt(library.db, library.collectionId, path)?.state !== "waiting")
    throw new Error("the change was not noticed");
  return cost;
}

/** Processor milliseconds of this process. */
function workedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function readNames(folder: string): Promise<number> {
  let names = 0;
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop())
    for (const entry of await readdir(at, { withFileTypes: true }))
      if (entry.isDirectory()) folders.push(join(at, entry.name));
      else names += 1;
  return names;
}

/** True when every file of the library has its row below `to`, and none below `from`. */
function isMoved({ db, collectionId }: LargeLibrary, from: string, to: string): boolean {
  const [folder] = listFolders(db);
  const isAt = (path: string): boolean => filesUnder(db, collectionId, path, "", 1).length > 0;
  return folder?.files === Number(options.moved) && isAt(to) && !isAt(from);
}

const large = await watch(Number(options.files));
const small = await watch(1_000);
say("changing files");
const costs = { large: [] as number[], small: [] as number[] };
for (let round = 0; round < rounds; round++) {
  costs.large.push(await costOfChange(large, round * 31));
  costs.small.push(await costOfChange(small, round * 31));
}
const names = await timed(async () => readNames(large.library.root));
const scans: number[] = [];
for (let round = 0; round < 3; round++)
  scans.push(await timed(async () => large.follower.scanNow({ retryFailed: false, only: null }, signal)));
await small.close();
await large.close();

const moving = await watch(Number(options.moved));
say("moving its folder to and fro");
const places = [outermost, "moved"].map((name) => join(moving.library.root, name));
const founds = { took: [] as number[], worked: [] as number[] };
const namesMoved = { took: [] as number[], worked: [] as number[] };
for (let round = 0; round < 6; round++) {
  const [from = "", to = ""] = round % 2 === 0 ? places : places.toReversed();
  let before = process.cpuUsage();
  namesMoved.took.push(await timed(async () => readNames(from)));
  namesMoved.worked.push(workedSince(before));
  before = process.cpuUsage();
  const done = moving.change();
  renameSync(from, to);
  const { begunAt } = await done;
  founds.took.push(performance.now() - begunAt);
  founds.worked.push(workedSince(before));
  if (!isMoved(moving.library, from, to)) throw new Error("not all was found again");
}
say("moving it while nothing watches");
await moving.follower.close();
const cold = makeFollower({ ...followDeps(moving.library), isWatching: false });
renameSync(places[0]!, places[1]!);
const coldMove = await timed(async () => cold.scanNow({ retryFailed: false, only: null }, signal));
if (!isMoved(moving.library, places[0]!, places[1]!)) throw new Error("not all was found again");
moving.library.close();

printTable(`Watched folders of ${options.files}, 1,000 and ${options.moved} files`, [
  {
    name: "one changed file, large tree / small tree (CPU)",
    value: median(costs.large) / median(costs.small),
    goal: 1.5,
  },
  { name: "  in the large tree", value: median(costs.large), unit: "ms" },
  { name: "  in the small tree", value: median(costs.small), unit: "ms" },
  { name: "whole scan of the large tree / reading its names", value: median(scans) / names },
  {
    name: "folder moved until everything is found again / reading its names",
    value: median(founds.took) / median(namesMoved.took),
    goal: 5,
  },
  { name: "  the same in work (CPU)", value: median(founds.worked) / median(namesMoved.worked), goal: 5 },
  { name: "  until everything is found again", value: median(founds.took), unit: "ms" },
  { name: "  the same by a scan, where nothing watched", value: coldMove, unit: "ms" },
]);
