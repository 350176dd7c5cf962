// @ts-check
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "./command.mjs";
import { SetupError } from "./setup-error.mjs";

/** Whether this session has a screen to open a window on. */
export const hasDisplay = () =>
  process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);

/**
 * Runs `work` with an Xvfb of its own, which ends with it. Only holders of its cookie can look at it.
 * @template T
 * @param {(env: { DISPLAY: string, XAUTHORITY: string }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withVirtualDisplay(work) {
  if (findProgram("Xvfb") === undefined) {
    throw new SetupError(
      "There is no display, and Xvfb, which can stand in for one, is not installed.",
      "Run this from a desktop session, or install Xvfb (Debian, Ubuntu: sudo apt-get install xvfb; Fedora: " +
        "sudo dnf install xorg-x11-server-Xvfb; Arch: sudo pacman -S xorg-server-xvfb). `npx qwill` needs no display.",
    );
  }
  const folder = mkdtempSync(join(tmpdir(), "qwill-display-"));
  const cookies = join(folder, "cookies");
  writeFileSync(cookies, authority(randomBytes(16)), { mode: 0o600 });
  const server = spawn(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset", "-auth", cookies],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  try {
    const number = await readNumber(server);
    return await work({ DISPLAY: `:${number}`, XAUTHORITY: cookies });
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * An Xauthority file with one entry for every host and display (family "wild").
 * @param {Buffer} cookie
 */
export function authority(cookie) {
  const field = (/** @type {Buffer} */ bytes) =>
    Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
  const empty = Buffer.alloc(0);
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    field(empty),
    field(empty),
    field(Buffer.from("MIT-MAGIC-COOKIE-1")),
    field(cookie),
  ]);
}

/**
 * @param {import("node:child_process").ChildProcess} server
 * @returns {Promise<string>}
 */
function readNumber(server) {
  return new Promise((done, fail) => {
    let text = "";
    server.stdio[3]?.on("data", (/** @type {Buffer} */ part) => {
      text += part.toString("utf8");
      if (text.includes("\n")) done(text.trim());
    });
    server.on("error", fail);
    server.on("exit", (code) => fail(new Error(`Xvfb ended with code ${code}`)));
  });
}
