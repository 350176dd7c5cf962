// @ts-check
import { existsSync } from "node:fs";
import { findProgram, runCommand } from "./command.mjs";
import { SetupError } from "./setup-error.mjs";

/** Whether packages can be installed without asking: Debian or a child of it, as root. */
export const canInstallPackages = () =>
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  existsSync("/etc/debian_version") &&
  findProgram("apt-get") !== undefined;

/**
 * Installs Debian packages where that is ours to do.
 * @param {string[]} names an `a|b` takes the first that this release has
 * @param {(line: string) => void} [log]
 * @returns {Promise<boolean>} false when this is not root on Debian
 */
export async function ensurePackages(names, log) {
  if (!canInstallPackages()) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const update = await runCommand("apt-get", ["update", "-qq"], { env, timeoutSeconds: 300 });
  const chosen = await Promise.all(names.map(chooseName));
  log?.(`apt-get install ${chosen.join(" ")}`);
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...chosen];
  const install = await runCommand("apt-get", args, { env, timeoutSeconds: 900 });
  if (install.code === 0) return true;
  throw new SetupError(
    `apt-get could not install ${chosen.join(" ")}: ${lastLines(update.output + install.output)}`,
    `Connect to a Debian mirror and run: apt-get update && apt-get install ${chosen.join(" ")}`,
  );
}

/** @param {string} name */
async function chooseName(name) {
  const names = name.split("|");
  for (const each of names) {
    const shown = await runCommand("apt-cache", ["show", "--no-all-versions", each]);
    if (shown.code === 0 && shown.output.includes("Filename:")) return each;
  }
  return names.at(-1) ?? name;
}

/** @param {string} text */
const lastLines = (text) => text.trim().split("\n").slice(-3).join(" / ");
