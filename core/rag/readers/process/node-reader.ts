import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { readerLimits } from "../limits.ts";
import { programCode } from "./program-code.ts";
import type { FromReader, ReaderChannel, ReaderExit } from "./channel.ts";

export interface NodeReaderOptions {
  /** The reader's entry point on disk: `electron/reader/index.ts`, or `reader.js` of a build. */
  readonly entry: string;
  /** Bytes of heap; a little under the limit for resident memory, so that V8 gives up first. */
  readonly heapLimit?: number;
}

const memoryMaxAge = 100;

/** Starts a reader as a child of plain Node: no environment, no right but to read its own code. */
export function spawnNodeReader(options: NodeReaderOptions): ReaderChannel {
  const heap = Math.floor((options.heapLimit ?? readerLimits.memory * 0.8) / 1024 / 1024);
  const child = fork(options.entry, [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: systemEnvironment(),
    execArgv: [`--max-old-space-size=${heap}`, "--no-warnings", ...permissionFlags(options.entry)],
  });
  let isOver = false;
  let seen: { at: number; bytes: number | null } = { at: 0, bytes: null };
  const exitListeners: ((exit: ReaderExit) => void)[] = [];
  const over = (exit: ReaderExit): void => {
    if (isOver) return;
    isOver = true;
    for (const listener of exitListeners) listener(exit);
  };
  child.once("exit", (code, signal) => over({ code, signal }));
  child.once("error", () => over({ code: null, signal: null }));

  return {
    send(message) {
      if (!isOver && child.connected) child.send(message, (error) => error && child.kill("SIGKILL"));
    },
    onMessage(listener) {
      child.on("message", (message) => listener(message as FromReader));
    },
    onExit(listener) {
      exitListeners.push(listener);
    },
    memory() {
      const now = performance.now();
      if (!isOver && now - seen.at > memoryMaxAge)
        seen = { at: now, bytes: residentBytes(child.pid) ?? seen.bytes };
      return seen.bytes;
    },
    kill() {
      child.kill("SIGKILL");
    },
  };
}

/** Windows starts no process without its system folder; nothing else of ours is passed on. */
function systemEnvironment(): NodeJS.ProcessEnv {
  const root = process.env["SystemRoot"];
  return root === undefined ? {} : { SystemRoot: root };
}

/** Node's permission model, where it is no longer an experiment: nothing but to read the program's own code. */
function permissionFlags(entry: string): string[] {
  if (!process.allowedNodeEnvironmentFlags.has("--permission")) return [];
  return ["--permission", ...programCode(entry).map((place) => `--allow-fs-read=${place}`)];
}

/** Linux tells a process's resident pages in /proc; elsewhere the heap limit has to do. */
function residentBytes(pid: number | undefined): number | null {
  if (process.platform !== "linux" || pid === undefined) return null;
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch (error) {
    // It ended between two looks.
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
