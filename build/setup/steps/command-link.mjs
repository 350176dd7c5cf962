// @ts-check
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { inProject } from "../paths.mjs";

const folder = inProject("node_modules", ".bin");
const target = "../../build/bin/qwill.mjs";

const windowsFiles = {
  "qwill.cmd": '@node "%~dp0\\..\\..\\build\\bin\\qwill.mjs" %*\r\n',
  "qwill.ps1": '& node "$PSScriptRoot/../../build/bin/qwill.mjs" @args\nexit $LASTEXITCODE\n',
  qwill: `#!/bin/sh\nexec node "$(dirname "$0")/${target}" "$@"\n`,
};

/** `npx qwill` answers from this checkout, and no registry is asked for that name. @type {import("../run-steps.mjs").Step} */
export const commandLinkStep = {
  name: "The qwill command",
  isDone: () => {
    if (process.platform !== "win32") return isLinked(join(folder, "qwill"));
    return Object.entries(windowsFiles).every(
      ([name, text]) => existsSync(join(folder, name)) && readFileSync(join(folder, name), "utf8") === text,
    );
  },
  run: async () => {
    mkdirSync(folder, { recursive: true });
    if (process.platform === "win32") {
      for (const [name, text] of Object.entries(windowsFiles)) writeFileSync(join(folder, name), text);
      return;
    }
    rmSync(join(folder, "qwill"), { force: true });
    symlinkSync(target, join(folder, "qwill"));
    chmodSync(inProject("build", "bin", "qwill.mjs"), 0o755);
  },
};

/** @param {string} path */
function isLinked(path) {
  try {
    return readlinkSync(path) === target;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOENT" || code === "EINVAL") return false;
    throw error;
  }
}
