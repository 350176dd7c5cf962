// @ts-check
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { inProject, projectRoot, toolNode } from "./paths.mjs";

/** @typedef {{ code: number, output: string }} Outcome */
/**
 * @typedef {object} Options
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [show] let the person see its output as it comes
 * @property {number} [timeoutSeconds] the command is ended after this long
 * @property {boolean} [shell]
 */

/**
 * Runs a command to its end. Never rejects: a command that cannot start has code 127.
 * @param {string} program
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Outcome>} `output` is the last 200,000 characters of both streams, unless shown
 */
export function runCommand(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? projectRoot,
      env: options.env ?? process.env,
      stdio: options.show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      shell: options.shell ?? false,
    });
    let output = "";
    const keep = (/** @type {Buffer} */ part) => {
      output = (output + part.toString("utf8")).slice(-200_000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const timer = options.timeoutSeconds
      ? setTimeout(() => child.kill("SIGKILL"), options.timeoutSeconds * 1000)
      : undefined;
    const finish = (/** @type {Outcome} */ outcome) => {
      clearTimeout(timer);
      done(outcome);
    };
    child.on("error", (error) => finish({ code: 127, output: String(error) }));
    child.on("close", (code, signal) =>
      finish({ code: code ?? 128, output: signal ? `${output}\nended by ${signal}` : output }),
    );
  });
}

/**
 * Runs npm's own client: the one that started us where there is one, so that versions agree.
 * @param {string[]} args
 * @param {Options} [options]
 */
export function runNpm(args, options = {}) {
  const client = process.env["npm_execpath"];
  if (client && /\.[cm]?js$/.test(client) && existsSync(client)) {
    return runCommand(systemNode(), [client, ...args], options);
  }
  const isWindows = process.platform === "win32";
  return runCommand(isWindows ? "npm.cmd" : "npm", args, { ...options, shell: isWindows });
}

/** The environment of the tools: the project's own Node and its commands come first. */
export function toolEnvironment() {
  const path = process.env["PATH"] ?? process.env["Path"] ?? "";
  const first = [dirname(toolNode), inProject("node_modules", ".bin")];
  // NODE_USE_ENV_PROXY and ELECTRON_GET_USE_PROXY: downloads honour the person's proxy settings.
  return {
    ...process.env,
    PATH: [...first, path].join(delimiter),
    NODE_USE_ENV_PROXY: "1",
    ELECTRON_GET_USE_PROXY: "1",
  };
}

/**
 * Runs a JavaScript file with the tools' Node.
 * @param {string[]} args file first
 * @param {Options} [options]
 */
export function runToolNode(args, options = {}) {
  return runCommand(toolNode, args, { env: toolEnvironment(), ...options });
}

/**
 * Where a program lies in PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (folder !== "" && existsSync(path)) return path;
    }
  }
  return undefined;
}

/** This process's Node, unless that is the one that `npm ci` is about to replace. */
function systemNode() {
  const here = process.execPath;
  if (!here.startsWith(inProject("node_modules"))) return here;
  // npm itself was started by the person's own Node; a carried one is first in PATH only inside scripts.
  return process.env["npm_node_execpath"] ?? here;
}
