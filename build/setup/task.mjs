// @ts-check
// node task.mjs check|fix|build|dev|e2e|bench|real-server [ARGUMENTS]: the other npm scripts, each on what it needs.
import { existsSync } from "node:fs";
import { ensureBuilt } from "./application-build.mjs";
import { inProject } from "./paths.mjs";
import { runMain } from "./run-steps.mjs";
import { runStages } from "./run-stages.mjs";
import { setUp } from "./set-up.mjs";
import { SetupError } from "./setup-error.mjs";
import { buildStage, checkStages, devStage, endToEndStage, fixStages } from "./stages.mjs";

const [task, ...more] = process.argv.slice(2);

/** @type {Record<string, { needs: "tools" | "application" | "tests", isBuilt?: boolean, stages: () => import("./stages.mjs").Stage[] }>} */
const tasks = {
  check: { needs: "tests", stages: checkStages },
  fix: { needs: "tools", stages: fixStages },
  build: { needs: "tools", stages: () => [buildStage()] },
  dev: { needs: "application", stages: () => [devStage()] },
  e2e: { needs: "tests", isBuilt: true, stages: () => [endToEndStage(more)] },
  "real-server": {
    needs: "tests",
    stages: () => [{ name: "a real server", command: ["bench/real-server.ts"] }],
  },
  bench: { needs: "tests", isBuilt: true, stages: () => [benchStage(more)] },
};

/** @param {string[]} args name of a file in bench/ first */
function benchStage([name = "index", ...args]) {
  const file = [`bench/${name}.ts`, `bench/${name}.mjs`].find((path) => existsSync(inProject(path)));
  if (file === undefined)
    throw new SetupError(`There is no benchmark ${name}.`, "See bench/README.md for their names.");
  return { name: `benchmark ${name}`, command: [file, ...args], needsDisplay: true };
}

await runMain(async () => {
  const chosen = tasks[task ?? ""];
  if (chosen === undefined)
    throw new SetupError(`No such task: ${task}`, `One of ${Object.keys(tasks).join(", ")}`);
  await setUp(chosen.needs);
  if (chosen.isBuilt) await ensureBuilt();
  const { failures } = await runStages(chosen.stages());
  if (failures.length > 0) process.stderr.write(`\nFailed: ${failures.join(", ")}\n`);
  return failures.length === 0 ? 0 : 1;
});
