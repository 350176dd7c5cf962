// @ts-check
import { readJson } from "./json-file.mjs";

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} triedAgain of those passed: the ones that failed at first
 */

/**
 * Reads the JSON report of a test runner.
 * @param {"vitest" | "playwright"} kind
 * @param {string} path
 * @returns {Counts | undefined} undefined where the runner wrote none
 */
export function readCounts(kind, path) {
  const report = readJson(path);
  if (report === undefined) return undefined;
  return kind === "vitest" ? countVitest(report) : countPlaywright(report);
}

/**
 * A file that cannot be loaded holds no test that failed, and still counts as one.
 * @param {any} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const unloaded = report.testResults.filter(
    (/** @type {any} */ file) => file.status === "failed" && file.assertionResults.every(isFine),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    triedAgain: 0,
  };
}

/** @param {any} test */
const isFine = (test) => test.status !== "failed";

/**
 * @param {any} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const errors = unexpected === 0 ? report.errors.length : 0;
  return { passed: expected + flaky, failed: unexpected + errors, skipped, triedAgain: flaky };
}
