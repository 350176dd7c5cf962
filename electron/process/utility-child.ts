import { utilityProcess } from "electron";
import type { Child } from "./child.ts";
import { environmentFor } from "./child-environment.ts";

export interface UtilityOptions {
  /** Absolute path of the built entry. */
  readonly entry: string;
  /** What the system's process list shows. */
  readonly name: string;
  /** A reader has nothing to say: what a parser prints may be text of the document. */
  readonly isSilent?: boolean;
  readonly execArgv?: readonly string[];
}

/** Forks a utility process. After `ready`. */
export function forkUtility(options: UtilityOptions): Child {
  const child = utilityProcess.fork(options.entry, [], {
    serviceName: options.name,
    stdio: options.isSilent === true ? "ignore" : "inherit",
    env: environmentFor(process.env),
    execArgv: [...(options.execArgv ?? [])],
  });
  return {
    get pid() {
      return child.pid;
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    post: (message, ports) => child.postMessage(message, ports),
    onMessage: (listener) => void child.on("message", listener),
    onSpawn: (listener) => void child.on("spawn", listener),
    onExit: (listener) => void child.once("exit", listener),
    terminate: () => void child.kill(),
    // Electron's own kill is the polite signal, which a process caught in a loop never hears.
    kill: () => killNow(child.pid),
  };
}

function killNow(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It ended of itself and its exit is on its way.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
