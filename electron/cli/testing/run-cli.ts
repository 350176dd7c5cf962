import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

const entry = resolve(import.meta.dirname, "../index.ts");

/** A folder with a library, a key and documents, gone after the test. */
export interface Desk {
  readonly folder: string;
  readonly dataFolder: string;
  readonly keyFile: string;
  write(name: string, text: string): string;
  /** Runs `qwill` as a person would; the key and the data folder are given. */
  qwill(...args: string[]): Promise<Outcome>;
  /** Starts it without waiting. */
  start(...args: string[]): ChildProcess;
}

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON lines. */
  readonly lines: Record<string, unknown>[];
}

export async function makeDesk(): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), "qwill-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataFolder = join(folder, "library");
  const keyFile = join(folder, "desk.key");
  const start = (...args: string[]): ChildProcess =>
    spawn(process.execPath, ["--no-warnings", entry, ...args], {
      env: { ...process.env, QWILL_KEY_FILE: keyFile, NODE_OPTIONS: "" },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const desk: Desk = {
    folder,
    dataFolder,
    keyFile,
    write: (name, text) => {
      const path = join(folder, "documents", name);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    qwill: async (...args) => finish(start("--data-dir", dataFolder, ...args)),
    start: (...args) => start("--data-dir", dataFolder, ...args),
  };
  await desk.qwill("key", "new", keyFile);
  return desk;
}

export async function finish(child: ChildProcess): Promise<Outcome> {
  let out = "";
  let err = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => (out += part));
  child.stderr?.setEncoding("utf8").on("data", (part: string) => (err += part));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return {
    code,
    out,
    err,
    get lines() {
      return out
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}
