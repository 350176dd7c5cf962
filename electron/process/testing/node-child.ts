import { fork } from "node:child_process";
import type { Child } from "../child.ts";

/** A real process of plain Node behind the door that utility processes have. */
export function forkNode(entry: string, parameters: readonly string[] = []): Child {
  const child = fork(entry, [...parameters], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: ["--no-warnings"],
  });
  let isGone = false;
  const exitListeners: ((code: number | null) => void)[] = [];
  const over = (code: number | null): void => {
    if (isGone) return;
    isGone = true;
    for (const listener of exitListeners) listener(code);
  };
  child.once("exit", over);
  child.once("error", () => over(null));
  return {
    get pid() {
      return isGone ? undefined : child.pid;
    },
    // A process that just died takes nothing more; its exit is on its way.
    post: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => void child.on("message", listener),
    onSpawn: (listener) => void child.once("spawn", listener),
    onExit: (listener) => void exitListeners.push(listener),
    terminate: () => void child.kill("SIGTERM"),
    kill: () => void child.kill("SIGKILL"),
  };
}
