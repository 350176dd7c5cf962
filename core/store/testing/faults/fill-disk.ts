import { mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ballastPath, isDiskFull, makeBallast, useBallast, type Ballast } from "../../ballast.ts";
import type { WriteDb } from "../../handle.ts";
import { findProblems } from "../../integrity.ts";
import { beginLedgerRow, endLedgerRow, listLedgerRows } from "../../ledger.ts";
import { vaultPaths } from "../../vault.ts";
import { seededRandom } from "../seeded-random.ts";
import { sweepAll } from "../sweep-all.ts";
import { changesOf, make, type Change } from "./changes.ts";
import { contentsOf, isSame, lost, momentsOf, type Contents } from "./contents.ts";
import { openFolder } from "./open-folder.ts";
import { newTally } from "./tally.ts";

// fill-disk.ts POINTS SEED FOLDER: the folder is a small disk of its own. Prints the tally as JSON.
const [points, seed, disk] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]!];
const random = seededRandom(seed);
const tally = newTally();
const ballastBytes = 1024 * 1024;
const mostSpare = 1_500_000;

for (let point = 0; point < points; point++) {
  const folder = join(disk, String(point));
  mkdirSync(folder);
  tally.rounds += 1;
  const spare = Math.floor(random() * mostSpare);
  const fail = (what: string): void =>
    void tally.failures.push(`${what} (${spare} bytes free, seed ${seed}.${point})`);
  try {
    // Every fifth disk is full before there is a library.
    if (point % 5 === 4) await firstStart(folder, Math.floor(spare / 5), fail);
    else await fillUp(folder, spare, fail);
  } catch (error) {
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  rmSync(folder, { recursive: true });
}
process.stdout.write(JSON.stringify(tally));

/** Takes all room of the disk but so many bytes; gives what gives it back. */
function take(folder: string, spare: number): () => void {
  const { bavail, bsize } = statfsSync(folder);
  const path = join(folder, "filler");
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - spare)));
  return () => rmSync(path);
}

async function firstStart(folder: string, spare: number, fail: (what: string) => void): Promise<void> {
  const giveBack = take(folder, spare);
  try {
    (await openFolder(folder)).db.close();
  } catch (error) {
    if (!isDiskFull(error)) fail(`a first start ended with ${String(error)}`);
    tally.told += 1;
  }
  giveBack();
  const { db } = await openFolder(folder);
  for (const _ of make(db, { kind: "store", name: "first", version: 1, passages: 3 }));
  db.close();
}

async function fillUp(folder: string, spare: number, fail: (what: string) => void): Promise<void> {
  const library = await openOn(folder);
  const { db, ballast } = library;
  const changes = changesOf(Number(basename(folder)) + 1);
  let held: Contents = new Set<string>();
  for (let at = 0; at < 8; at++) held = makeWhole(db, changes.next().value, held);
  const call = beginLedgerRow(db, {
    requestId: "last",
    time: 1,
    origin: "https://qwen.example.org",
    method: "POST",
    path: "/",
    purpose: "suggest",
    tier: "private",
    bytesSent: 0,
    payload: new Uint8Array(),
  });
  await ballast.restore();
  const giveBack = take(folder, spare);
  held = fillWithFiles(db, contentsOf(db), changes, fail);

  // On the full disk: a call ends, a file is removed, and the file's rows go.
  const before = listLedgerRows(db, {}, 0, 1)[0]?.outcome;
  endLedgerRow(db, call, { bytesReceived: 7, outcome: "completed", status: 200, milliseconds: 3 });
  if (before !== "open" || listLedgerRows(db, {}, 0, 1)[0]?.outcome !== "completed")
    fail("a call did not end");
  makeWhole(db, { kind: "remove", name: nameIn(held), version: 0, passages: 0 }, held);
  sweepAll(db);
  held = contentsOf(db);
  db.close();

  // The next start finds the disk full still, and the one after it finds room.
  try {
    const full = await openOn(folder);
    missing(held, full.db, "on the full disk", fail);
    full.db.close();
  } catch (error) {
    if (!isDiskFull(error)) fail(`a start on a full disk ended with ${String(error)}`);
    tally.told += 1;
  }
  giveBack();
  const again = await openOn(folder);
  missing(held, again.db, "after it", fail);
  for (const problem of findProblems(again.db)) fail(problem);
  makeWhole(again.db, { kind: "store", name: "afterwards", version: 9, passages: 5 }, held);
  await again.ballast.restore();
  if (statSync(ballastPath(vaultPaths(folder).database)).size !== ballastBytes)
    fail("the ballast was not made again");
  again.db.close();
}

async function openOn(folder: string): Promise<{ db: WriteDb; ballast: Ballast }> {
  const { db } = await openFolder(folder);
  const ballast = makeBallast(vaultPaths(folder).database, { bytes: ballastBytes });
  useBallast(db, ballast);
  return { db, ballast };
}

function makeWhole(db: WriteDb, change: Change, held: Contents): Contents {
  for (const _ of make(db, change));
  return momentsOf(held, change).at(-1)!;
}

/** Stores files until the disk is full; gives what was stored whole. */
function fillWithFiles(
  db: WriteDb,
  before: Contents,
  changes: Iterator<Change, never>,
  fail: (what: string) => void,
): Contents {
  let held = before;
  for (let at = 0; at < 2_000; at++) {
    const change: Change = { ...changes.next().value, kind: "store", name: `more-${at}` };
    try {
      held = makeWhole(db, change, held);
    } catch (error) {
      if (!isDiskFull(error)) fail(`storing ended with ${String(error)}`);
      tally.told += 1;
      const found = contentsOf(db);
      if (!momentsOf(held, change).some((moment) => isSame(moment, found))) fail("half a file was stored");
      return found;
    }
  }
  fail("the disk never got full");
  return held;
}

function nameIn(held: Contents): string {
  const line =
    [...held].find((one) => one.startsWith("file /more-")) ??
    [...held].find((one) => one.startsWith("file /"));
  return line?.split(" ")[1]?.slice(1) ?? "";
}

function missing(held: Contents, db: WriteDb, when: string, fail: (what: string) => void): void {
  const found = contentsOf(db);
  tally.lostInSilence += lost(held, found);
  if (!isSame(held, found)) fail(`what was stored is not what is there ${when}`);
}
