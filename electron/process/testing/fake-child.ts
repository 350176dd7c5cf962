import type { Child } from "../child.ts";

/** A process that is none: it keeps the contract of `Child`, and the test decides what happens when. */
export interface FakeChild extends Child {
  readonly isAlive: boolean;
  /** The system has started it, or could not. */
  spawn(): void;
  exit(code: number | null): void;
  /** The far end of its line. */
  say(message: unknown): void;
  hear(listener: (message: unknown) => void): void;
}

export interface FakeChildOptions {
  /** False: it does not hear the polite signal. */
  readonly isPolite?: boolean;
  /** Called when it was told to end and obeys; left out: it ends at once. */
  readonly dying?: (end: () => void) => void;
}

let lastPid = 1_000_000;

export function makeFakeChild(options: FakeChildOptions = {}): FakeChild {
  const pid = ++lastPid;
  let state: "asked-for" | "alive" | "gone" = "asked-for";
  const spawnListeners: (() => void)[] = [];
  const exitListeners: ((code: number | null) => void)[] = [];
  const messageListeners: ((message: unknown) => void)[] = [];
  const heardListeners: ((message: unknown) => void)[] = [];
  const unheard: unknown[] = [];

  function later(act: () => void): void {
    queueMicrotask(() => state !== "gone" && act());
  }
  function exit(code: number | null): void {
    if (state === "gone") return;
    state = "gone";
    for (const listener of exitListeners) listener(code);
  }
  function die(code: number | null): void {
    if (state !== "alive") return;
    const dying = options.dying ?? ((end: () => void) => end());
    dying(() => exit(code));
  }

  return {
    get pid() {
      return state === "alive" ? pid : undefined;
    },
    get isAlive() {
      return state !== "gone";
    },
    post: (message) => {
      const copy: unknown = structuredClone(message);
      if (state === "asked-for") unheard.push(copy);
      else later(() => heardListeners.forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => void messageListeners.push(listener),
    onSpawn: (listener) => void spawnListeners.push(listener),
    onExit: (listener) => void exitListeners.push(listener),
    terminate: () => {
      if (options.isPolite !== false) die(15);
    },
    kill: () => die(9),
    spawn: () => {
      if (state !== "asked-for") return;
      state = "alive";
      for (const listener of spawnListeners) listener();
      for (const message of unheard.splice(0))
        later(() => heardListeners.forEach((listener) => listener(message)));
    },
    exit,
    say: (message) => {
      const copy: unknown = structuredClone(message);
      later(() => messageListeners.forEach((listener) => listener(copy)));
    },
    hear: (listener) => void heardListeners.push(listener),
  };
}
