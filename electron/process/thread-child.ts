import { Worker } from "node:worker_threads";
import type { Child } from "./child.ts";

export interface ThreadOptions {
  /** Absolute path of the built entry. */
  readonly entry: string;
  /** What a debugger shows. */
  readonly name: string;
  readonly parameters?: readonly string[];
  /** Megabytes of its heap. */
  readonly memory: number;
}

/**
 * Starts a thread of this process behind the door that processes have: for work that is ours alone and only long. What
 * reads another's files, or may crash in native code, is a process of its own. It gets nothing of the environment.
 */
export function startThread(options: ThreadOptions): Child {
  const worker = new Worker(options.entry, {
    name: options.name,
    argv: [...(options.parameters ?? [])],
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: options.memory },
  });
  let state: "asked-for" | "alive" | "gone" = "asked-for";
  worker.once("online", () => {
    if (state === "asked-for") state = "alive";
  });
  const exitListeners: ((code: number | null) => void)[] = [];
  worker.once("exit", (code) => {
    state = "gone";
    for (const listener of exitListeners) listener(code);
  });
  // Its exit follows, and tells the same.
  worker.on("error", () => undefined);
  const end = (): void => {
    if (state === "alive") void worker.terminate();
  };
  return {
    get pid() {
      return state === "alive" ? worker.threadId : undefined;
    },
    post: (message, ports) => {
      if (ports !== undefined) throw new Error("no port is handed to a thread");
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(message);
    },
    onMessage: (listener) => void worker.on("message", listener),
    onSpawn: (listener) => void worker.once("online", listener),
    onExit: (listener) => void exitListeners.push(listener),
    // There is no politer way to end a thread.
    terminate: end,
    kill: end,
  };
}
