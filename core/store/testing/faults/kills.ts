import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProblems } from "../../integrity.ts";
import { emptyLog, purgeDeletedWords } from "../../purge.ts";
import { vaultPaths } from "../../vault.ts";
import { decryptedPages } from "../decrypted-pages.ts";
import { seededRandom } from "../seeded-random.ts";
import { sweepAll } from "../sweep-all.ts";
import { changesOf, wordOf } from "./changes.ts";
import { contentsOf, isSame, lost, momentsOf, type Contents } from "./contents.ts";
import { openFolder } from "./open-folder.ts";
import { newTally, type Tally } from "./tally.ts";

/** Letters a child says at most before it is killed. */
const mostLetters = 40;
/** Milliseconds after the last of them: the kill then hits any moment of what comes next, not its beginning alone. */
const longestDelay = 6;

/**
 * Kills a process that stores, replaces, removes and purges, again and again over one library: what it said was stored
 * is there, what it was at is there whole or not at all, and what was removed can be read nowhere in the end.
 */
export async function killWriters(rounds: number, seed: number): Promise<Tally> {
  const tally = newTally();
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), "qwill-faults-"));
  let held: Contents = new Set<string>();
  const everStored = new Map<string, string>();
  try {
    for (let round = 0; round < rounds; round++) {
      const own = seed * 1_000 + round;
      const fail = (what: string): void => void tally.failures.push(`${what} (seed ${seed}.${round})`);
      const letters = 1 + Math.floor(random() * mostLetters);
      const said = await changeUntilKilled(folder, own, letters, random() * longestDelay);
      tally.rounds += 1;
      const changes = changesOf(own);
      for (const _ of said.replaceAll(/[^e]/gu, "")) {
        const change = changes.next().value;
        held = momentsOf(held, change).at(-1)!;
        if (change.kind === "store") everStored.set(wordOf(change.name, change.version), change.name);
      }
      const pending = changes.next().value;
      if (pending.kind === "store") everStored.set(wordOf(pending.name, pending.version), pending.name);
      const { db, isTold } = await openFolder(folder);
      try {
        if (isTold) tally.told += 1;
        const found = contentsOf(db);
        const moments = said.endsWith("e") || !said.includes("b") ? [held] : momentsOf(held, pending);
        const moment = moments.findLast((one) => isSame(one, found));
        if (!moment) {
          tally.lostInSilence += Math.min(...moments.map((one) => lost(one, found)));
          fail(`killed after "${said}": it holds what it was never told to`);
        }
        held = found;
        sweepAll(db);
        for (const problem of findProblems(db)) fail(problem);
      } finally {
        db.close();
      }
    }
    for (const name of await readableThough(folder, held, everStored))
      tally.failures.push(`${name} was removed or replaced, and can be read (seed ${seed})`);
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a child, kills it after so many letters; gives what it said. */
async function changeUntilKilled(
  folder: string,
  seed: number,
  letters: number,
  delay: number,
): Promise<string> {
  const script = new URL("change-until-killed.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder, String(seed)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  let isDue = false;
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.length >= letters && !isDue) setTimeout(() => child.kill("SIGKILL"), delay);
    isDue = said.length >= letters;
  });
  await once(child, "close");
  if (child.signalCode !== "SIGKILL") throw new Error(`the child ended with ${child.exitCode}`);
  return said;
}

/** After a purge to the end: the names of texts that went, and that somebody with the key could still read. */
async function readableThough(
  folder: string,
  held: Contents,
  everStored: ReadonlyMap<string, string>,
): Promise<string[]> {
  const { db, key } = await openFolder(folder);
  const secret = Uint8Array.from(key);
  for (const _ of purgeDeletedWords(db, 1));
  emptyLog(db);
  db.close();
  const bytes = decryptedPages(vaultPaths(folder).database, secret);
  const stands = new Set(
    [...held].flatMap((line) => {
      const [kind, path = "", version] = line.split(" ");
      return kind === "file" ? [wordOf(path.slice(1), Number(version))] : [];
    }),
  );
  return [...everStored]
    .filter(([word]) => !stands.has(word) && bytes.includes(word.slice(5)))
    .map(([word, name]) => `${name} ${word}`);
}
