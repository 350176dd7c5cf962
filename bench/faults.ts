// What a library survives: kills, flipped bits, cut logs, full disks, first starts at once. Seeded; exits with 1 when a
// promise broke. A folder in memory (TMPDIR) makes it several times as fast, and no fault less.
//   node bench/faults.ts [--kills 500] [--flips 1000] [--cuts 200] [--disks 50] [--starts 200] [--seed 1]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cutLogs, flipBits, unclosedLibrary } from "../core/store/testing/faults/bit-flips.ts";
import { startAtOnce } from "../core/store/testing/faults/first-starts.ts";
import { fillDisks } from "../core/store/testing/faults/full-disk.ts";
import { killWriters } from "../core/store/testing/faults/kills.ts";
import { joinTallies, type Tally } from "../core/store/testing/faults/tally.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "500" },
    flips: { type: "string", default: "1000" },
    cuts: { type: "string", default: "200" },
    disks: { type: "string", default: "50" },
    starts: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
  },
});
const seed = Number(values.seed);
const rounds = {
  kills: Number(values.kills),
  flips: Number(values.flips),
  cuts: Number(values.cuts),
  disks: Number(values.disks),
  starts: Number(values.starts),
};
/** What a machine of two cores does at once: two halves, each over a library of its own. */
async function halves(count: number, work: (count: number, seed: number) => Promise<Tally>): Promise<Tally> {
  const first = Math.ceil(count / 2);
  const [one, other] = await Promise.all([work(first, 2 * seed), work(count - first, 2 * seed + 1)]);
  return joinTallies(one, other);
}

const parent = mkdtempSync(join(tmpdir(), "qwill-faults-"));
const library = await unclosedLibrary(seed, 70);
const kinds: readonly (readonly [name: string, work: () => Promise<Tally | null>])[] = [
  ["killed while it writes", async () => halves(rounds.kills, killWriters)],
  ["a bit flipped in database, log or slot", async () => flipBits(library, rounds.flips, seed)],
  ["log cut at any length", async () => cutLogs(library, rounds.cuts, seed)],
  ["disk full", async () => fillDisks(rounds.disks, seed)],
  [
    "two to four first starts at once",
    async () =>
      halves(rounds.starts, async (count, own) =>
        startAtOnce(count, own, () => mkdtempSync(join(parent, "start-"))),
      ),
  ],
];

const rows: string[][] = [
  ["fault", "rounds", "failures", "refused or told", "lost and told", "lost in silence", "seconds"],
];
const broken: string[] = [];
try {
  for (const [name, work] of kinds) {
    process.stderr.write(`${name} …\n`);
    const started = performance.now();
    const tally = await work();
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    if (!tally) rows.push([name, "0: this system lets us mount no small disk", "", "", "", "", seconds]);
    else {
      const { failures, told, lostAndTold, lostInSilence } = tally;
      const counts = [tally.rounds, failures.length, told, lostAndTold, lostInSilence].map(String);
      rows.push([name, ...counts, seconds]);
      broken.push(...failures);
    }
  }
} finally {
  rmSync(parent, { recursive: true, force: true });
}
for (const [at, row] of rows.entries()) {
  console.log(`| ${row.join(" | ")} |`);
  if (at === 0) console.log(`|${" --- |".repeat(row.length)}`);
}
for (const failure of broken) console.error(failure);
process.exitCode = broken.length > 0 ? 1 : 0;
