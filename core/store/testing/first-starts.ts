import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { makeFileKeyWrapper } from "../key-wrapper.ts";
import { openLibraryDatabase } from "../library-database.ts";
import { unlockVault, vaultPaths } from "../vault.ts";

/** Looks at the disk and touches of it that a first start makes, at most: where one can be held up. */
export const mostSteps = 28;

/** Several first starts of real processes over one folder; the first of them is held before one of its steps. */
export interface FirstStarts {
  readonly others: number;
  readonly heldAt: number;
  /** What becomes of the held one once the others have ended. */
  readonly end: "goes-on" | "is-killed";
}

/** What is wrong after these starts, in words; empty: there is one key, and every later start opens with it. */
export async function faultsOfFirstStarts(folder: string, starts: FirstStarts): Promise<string[]> {
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
