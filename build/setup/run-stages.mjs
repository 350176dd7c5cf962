// @ts-check
import { runStage } from "./stages.mjs";
import { hasDisplay, withVirtualDisplay } from "./virtual-display.mjs";
import { findProgram } from "./command.mjs";

/** @typedef {import("./stages.mjs").Stage} Stage */

/**
 * Runs all stages, also after a failure, so that one run shows everything.
 * @param {Stage[]} stages
 * @returns {Promise<{ failures: string[], timings: import("./timings.mjs").Timing[] }>}
 */
export async function runStages(stages) {
  /** @type {string[]} */
  const failures = [];
  /** @type {import("./timings.mjs").Timing[]} */
  const timings = [];
  for (const stage of stages) {
    process.stdout.write(`\n── ${stage.name}\n`);
    const started = performance.now();
    const code = await runOnDisplay(stage);
    timings.push({ name: stage.name, seconds: (performance.now() - started) / 1000 });
    if (code !== 0) failures.push(stage.name);
  }
  return { failures, timings };
}

/**
 * Tests take a virtual display where they can, so that no window jumps in front of the person.
 * @param {Stage} stage
 */
function runOnDisplay(stage) {
  const isVirtual = stage.report === "playwright" && findProgram("Xvfb") !== undefined;
  if (!stage.needsDisplay || (hasDisplay() && !isVirtual)) return runStage(stage);
  return withVirtualDisplay((env) => runStage(stage, env));
}
