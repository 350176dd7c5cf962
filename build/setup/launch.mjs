// @ts-check
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { electronCommand, needsNoSandbox } from "./electron-runtime.mjs";
import { projectRoot } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";
import { hasDisplay, withVirtualDisplay } from "./virtual-display.mjs";

/**
 * Opens the built application and waits for its end.
 * @param {string[]} appArguments
 * @returns {Promise<number>} its exit code
 */
export async function launch(appArguments) {
  const { executablePath, args, runtime } = electronCommand({ appArguments });
  if (needsNoSandbox())
    say("Running as root: Chromium's sandbox is off (--no-sandbox). Use an ordinary account for real work.");
  else assertSandboxCanStart(executablePath);
  if (runtime.source === "registry") {
    say(
      `Electron ${runtime.version} from the package registry: for tests and a first look, not for daily use.`,
    );
  }
  if (hasDisplay()) return run(executablePath, args, {});
  say("There is no display: opening the window on a virtual one (Xvfb). Ctrl+C ends it.");
  return withVirtualDisplay((env) => run(executablePath, args, env));
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function run(program, args, env) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGTERM", forward).on("SIGHUP", forward);
    // A terminal sends Ctrl+C to the application as well: only a signal sent to us alone needs passing on.
    process.on("SIGINT", () => (process.stdin.isTTY ? undefined : forward("SIGINT")));
    const watch = whenParentGoes(() => forward("SIGTERM"));
    child.on("error", fail);
    child.on("close", () => clearInterval(watch));
    child.on("close", (code, signal) =>
      done(signal === null ? (code ?? 1) : 128 + (signal === "SIGINT" ? 2 : 15)),
    );
  });
}

/**
 * npm passes a signal to the shell between us, which dies of it without passing it on.
 * @param {() => void} work
 */
function whenParentGoes(work) {
  const parent = process.ppid;
  return setInterval(() => (process.ppid === parent ? undefined : work()), 500);
}

/**
 * Some Linux systems (Ubuntu 24.04 and later) forbid the namespaces that the sandbox is made of.
 * @param {string} executable
 */
function assertSandboxCanStart(executable) {
  const switches = [
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    "/proc/sys/kernel/unprivileged_userns_clone",
  ];
  const values = switches.map((path) => (existsSync(path) ? readFileSync(path, "utf8").trim() : undefined));
  if (process.platform !== "linux" || (values[0] !== "1" && values[1] !== "0")) return;
  const helper = join(dirname(executable), "chrome-sandbox");
  const found = statSync(helper, { throwIfNoEntry: false });
  if (found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0) return;
  throw new SetupError(
    "This system does not let an ordinary program make the namespaces of Chromium's sandbox.",
    `Allow Electron's own helper, once: sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  );
}

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);
