// @ts-check
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { toolEnvironment } from "./command.mjs";
import { electronCommand } from "./electron-runtime.mjs";
import { inCache, inProject, projectRoot, toolNode } from "./paths.mjs";

/** @typedef {{ name: string, command: string[], needsDisplay?: boolean, report?: "vitest" | "playwright", env?: Record<string, string> }} Stage */

/** @param {string} name */
const reportPath = (name) => inCache("reports", `${name}.json`);

/** One type-check per runtime: what may be imported where differs. */
const runtimes = ["core", "electron", "electron/preload", "renderer", "build", "e2e", "bench"];

/** @returns {Stage[]} */
export function checkStages() {
  return [
    { name: "format", command: ["oxfmt", "--check", "."] },
    ...runtimes
      .filter((folder) => existsSync(inProject(folder, "tsconfig.json")))
      .map((folder) => ({ name: `types of ${folder}`, command: ["tsc", "-p", folder, "--noEmit"] })),
    // The import arrows are rules of the linter.
    { name: "lint and arrows", command: ["oxlint", "--type-aware", "--quiet"] },
    { name: "protected documents", command: ["build/documents/check-documents.ts"] },
    unitStage(),
  ];
}

/** @returns {Stage} */
function unitStage() {
  return {
    name: "unit and contract tests",
    command: [
      "vitest",
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportPath("vitest")}`,
    ],
    report: "vitest",
  };
}

/** @returns {Stage[]} */
export const fixStages = () => [
  { name: "lint", command: ["oxlint", "--type-aware", "--quiet", "--fix"] },
  { name: "format", command: ["oxfmt", "."] },
];

/** @returns {Stage} */
export const buildStage = () => ({ name: "build", command: ["electron-vite", "build"] });

/**
 * @param {string[]} [more] arguments for Playwright
 * @returns {Stage}
 */
export const endToEndStage = (more = []) => ({
  name: "end-to-end tests",
  command: ["playwright", "test", "--reporter=list,json", ...more],
  needsDisplay: true,
  report: "playwright",
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath("playwright") },
});

/** @returns {Stage} */
export const devStage = () => ({
  name: "development",
  command: ["electron-vite", "dev", "--watch"],
  needsDisplay: true,
  env: { ELECTRON_EXEC_PATH: electronCommand().executablePath },
});

/** Where a stage with tests leaves its counts. @param {"vitest" | "playwright"} report */
export const reportOf = (report) => reportPath(report);

/**
 * Runs a stage in the person's terminal, with the tools' Node.
 * @param {Stage} stage
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit code
 */
export function runStage(stage, env = {}) {
  const [program, ...args] = stage.command;
  if (program === undefined) throw new Error("A stage has a command");
  const script = program.endsWith(".ts") || program.endsWith(".mjs");
  const file = script ? toolNode : inProject("node_modules", ".bin", program);
  return new Promise((done, fail) => {
    const child = spawn(file, script ? stage.command : args, {
      cwd: projectRoot,
      env: { ...toolEnvironment(), ...stage.env, ...env },
      stdio: "inherit",
      shell: process.platform === "win32" && !script,
    });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGTERM", forward).on("SIGINT", forward);
    child.on("error", fail);
    child.on("close", (code, signal) => {
      process.off("SIGTERM", forward).off("SIGINT", forward);
      done(signal === null ? (code ?? 1) : 130);
    });
  });
}
