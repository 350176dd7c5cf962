// @ts-check
import { SetupError } from "./setup-error.mjs";

/**
 * @typedef {object} Step
 * @property {string} name what a person reads
 * @property {() => boolean | Promise<boolean>} isDone cheap: called at every start
 * @property {(log: (line: string) => void) => Promise<string | void>} run repeatable; tells which way it took
 */
/** @typedef {{ name: string, seconds: number }} Timing */

/**
 * Runs the steps that are not done, in order, saying so; silent when all are done.
 * @param {Step[]} steps
 * @param {(line: string) => void} [write]
 * @returns {Promise<Timing[]>}
 */
export async function runSteps(steps, write = (line) => process.stderr.write(`${line}\n`)) {
  /** @type {Timing[]} */
  const timings = [];
  for (const [index, step] of steps.entries()) {
    const label = `[${index + 1}/${steps.length}] ${step.name}`;
    if (await step.isDone()) continue;
    const started = performance.now();
    write(`${label}: …`);
    const way = await step.run((line) => write(`${label}: ${line}`));
    const seconds = (performance.now() - started) / 1000;
    timings.push({ name: step.name, seconds });
    write(`${label}: done in ${seconds.toFixed(1)} s${way ? `, ${way}` : ""}`);
  }
  return timings;
}

/**
 * Runs a command's main function: a SetupError is shown as a sentence and a way out, with exit code 1.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\nWay out: ${error.wayOut}\n`);
    process.exitCode = 1;
  }
}
