import type { MessagePortMain } from "electron";

/** A forked process as whatever forked it gives it; the contract is held by `child.test.ts`. */
export interface Child {
  /** Undefined before it was spawned and after it ended. */
  readonly pid: number | undefined;
  post(message: unknown, ports?: MessagePortMain[]): void;
  onMessage(listener: (message: unknown) => void): void;
  onSpawn(listener: () => void): void;
  /** Called once, however it ended, also when it could not start; null where there is no code. */
  onExit(listener: (code: number | null) => void): void;
  /** Asks it to end. Does nothing before it has a pid. */
  terminate(): void;
  /** Ends it, whatever it is doing. Does nothing before it has a pid. */
  kill(): void;
}

/** A child whose end is somebody's duty: whoever holds one ends it. */
export interface OwnedProcess extends Pick<Child, "pid" | "post"> {
  listen(listener: (message: unknown) => void): void;
  readonly isGone: boolean;
  /** Resolves with the exit code, once. */
  readonly exited: Promise<number | null>;
  /**
   * Ends it: politely at first, by force after so many milliseconds (0: at once). Also before it was spawned, then
   * as soon as it is. Resolves when it is gone; false where even force did not end it.
   */
  end(patience: number): Promise<boolean>;
}

/** Milliseconds after force: only a process stuck inside the system is still there. */
const longestForce = 5000;

/** Takes the duty for a child. */
export function own(child: Child): OwnedProcess {
  let isGone = false;
  let wish: "live" | "terminate" | "kill" = "live";
  const exited = new Promise<number | null>((resolve) => {
    child.onExit((code) => {
      isGone = true;
      resolve(code);
    });
  });
  child.onSpawn(obey);

  function obey(): void {
    if (isGone) return;
    if (wish === "kill") child.kill();
    else if (wish === "terminate") child.terminate();
  }

  function force(): void {
    wish = "kill";
    obey();
  }

  return {
    get pid() {
      return child.pid;
    },
    get isGone() {
      return isGone;
    },
    exited,
    post: (message, ports) => {
      if (!isGone) child.post(message, ports);
    },
    listen: (listener) => child.onMessage(listener),
    end: (patience) => {
      if (isGone) return Promise.resolve(true);
      if (patience <= 0) force();
      else if (wish === "live") {
        wish = "terminate";
        obey();
      }
      return new Promise((resolve) => {
        const forcing = patience > 0 ? setTimeout(force, patience) : undefined;
        const givingUp = setTimeout(() => resolve(false), patience + longestForce);
        void exited.then(() => {
          clearTimeout(forcing);
          clearTimeout(givingUp);
          resolve(true);
        });
      });
    },
  };
}
