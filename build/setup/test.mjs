// @ts-check
// npm test: set-up, every check, the build, the end-to-end tests. Ends with "N passed, N failed".
import { rmSync } from "node:fs";
import { readCounts } from "./counts.mjs";
import { writeJson } from "./json-file.mjs";
import { inCache } from "./paths.mjs";
import { runMain } from "./run-steps.mjs";
import { setUp } from "./set-up.mjs";
import { buildStage, checkStages, endToEndStage, reportOf } from "./stages.mjs";
import { runStages } from "./run-stages.mjs";
import { formatTimings, writeTimings } from "./timings.mjs";

await runMain(async () => {
  rmSync(inCache("reports"), { recursive: true, force: true });
  rmSync(inCache("result.json"), { force: true });
  const started = performance.now();
  const setUpTimings = await setUp("tests");
  if (setUpTimings.length === 0) {
    setUpTimings.push({ name: "set-up (nothing to do)", seconds: (performance.now() - started) / 1000 });
  }
  const stages = [...checkStages(), buildStage(), endToEndStage()];
  const { failures, timings } = await runStages(stages);
  const all = [...setUpTimings, ...timings];
  writeTimings(all);
  process.stdout.write(`\n${formatTimings(all)}\n`);

  const counts = { passed: 0, failed: 0, skipped: 0, triedAgain: 0 };
  for (const { name, report } of stages) {
    const part = report && readCounts(report, reportOf(report));
    counts.passed += part?.passed ?? 0;
    counts.skipped += part?.skipped ?? 0;
    counts.triedAgain += part?.triedAgain ?? 0;
    // A stage that fails without a failed test (lint, types, a crash) is one failure of its own.
    const failed = part?.failed ?? 0;
    counts.failed += failures.includes(name) ? Math.max(failed, 1) : failed;
  }
  if (failures.length > 0) process.stdout.write(`Failed: ${failures.join(", ")}\n`);
  if (counts.skipped > 0) process.stdout.write(`${counts.skipped} skipped\n`);
  if (counts.triedAgain > 0) process.stdout.write(`${counts.triedAgain} passed only when tried again\n`);
  writeJson(inCache("result.json"), counts);
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
