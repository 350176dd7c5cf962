import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { makeFileKeyWrapper } from "../../key-wrapper.ts";
import { openLibraryDatabase } from "../../library-database.ts";
import { unlockVault, vaultPaths } from "../../vault.ts";
import { newTally, type Tally } from "./tally.ts";
import { seededRandom } from "../seeded-random.ts";

/** Looks at the disk and touches of it that a first start makes, at most: where one can be held up. */
const mostSteps = 29;

/** Several first starts of real processes over one folder; the first of them is held before one of its steps. */
interface FirstStarts {
  readonly others: number;
  readonly heldAt: number;
  /** What becomes of the held one once the others have ended. */
  readonly end: "goes-on" | "is-killed";
}

/** Rounds of two to four first starts over a folder of their own each, at random steps. */
export async function startAtOnce(rounds: number, seed: number, newFolder: () => string): Promise<Tally> {
  const tally = newTally();
  const random = seededRandom(seed);
  for (let round = 0; round < rounds; round++) {
    const starts: FirstStarts = {
      others: 1 + Math.floor(random() * 3),
      heldAt: Math.floor(random() * mostSteps),
      end: random() < 0.5 ? "goes-on" : "is-killed",
    };
    tally.rounds += 1;
    const { others, heldAt, end } = starts;
    for (const fault of await faultsOfFirstStarts(newFolder(), starts))
      tally.failures.push(`${fault} (${others} others, step ${heldAt}, ${end}, seed ${seed}.${round})`);
  }
  return tally;
}

/** What is wrong after these starts, in words; empty: there is one key, and every later start opens with it. */
async function faultsOfFirstStarts(folder: string, starts: FirstStarts): Promise<string[]> {
  const held = start(folder, starts.heldAt);
  // Its first word: that it is held, or that it ended before that step.
  await Promise.race([once(held.stdout ?? held, "data"), once(held, "exit")]);
  const others = Array.from({ length: starts.others }, () => start(folder, -1));
  const codes = await Promise.all(others.map(exitOf));
  if (starts.end === "is-killed") held.kill("SIGKILL");
  else held.stdin?.end("\n");
  codes.push(await exitOf(held));
  // 3: another process has the library open, which is no harm. Null: killed.
  const faults = codes
    .filter((code) => code !== 0 && code !== 3 && code !== null)
    .map((code) => `a start ended with ${code}`);
  const keys = new Set<string>();
  for (let later = 0; later < 2; later++) keys.add(await keyOfStart(folder));
  if (keys.size !== 1) faults.push("two later starts got two keys");
  const { slots } = vaultPaths(folder);
  // A kill leaves the unfinished file of a slot behind, which nothing looks at.
  const strange = readdirSync(slots).filter((name) => !/^key-file\.slot(\.copy)?(\.\d+\.new)?$/u.test(name));
  return [...faults, ...strange.map((name) => `${name} was left among the slots`)];
}

function start(folder: string, heldAt: number): ChildProcess {
  const script = new URL("open-first.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder, String(heldAt)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdout.resume();
  return child;
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

/** The key that a start gets, which opens the database and confirms it. */
async function keyOfStart(folder: string): Promise<string> {
  const vault = await unlockVault(folder, makeFileKeyWrapper("key-file", new Uint8Array(32).fill(1)));
  const { db, generation } = openLibraryDatabase(folder, vault);
  await vault.confirm(generation);
  db.close();
  return Buffer.from(vault.key).toString("hex");
}
