import { AppError, isCancel } from "../../core/contract/errors.ts";
import { own, type Child, type OwnedProcess } from "./child.ts";
import { openLink, type Link, type Surface } from "./link.ts";
import { restartDelay } from "./restart-delay.ts";

export interface HostOptions<Remote extends Surface> {
  /** What the log calls it. */
  readonly name: string;
  /** Forks one process; the host ends what it forked. */
  readonly fork: () => Child;
  /** Runs on a fresh process before anything else reaches it; a rejection ends the start and the process. */
  readonly prepare: (link: Link<Remote>) => Promise<void>;
  /** Whether a process that died is started again at once, or by the next call. */
  readonly restarts: "at-once" | "when-asked";
  /** True for a request that may simply be asked again when its process died under it. */
  readonly isRepeatable: (name: string) => boolean;
  readonly onEvent: <Name extends keyof Remote["events"] & string>(
    name: Name,
    payload: Remote["events"][Name],
  ) => void;
  /** A new process stands ready after the last one died. */
  readonly onRestart: () => void;
  /** No process could be put in the place of the one that died; every call fails with this until `start`. */
  readonly onDown: (error: unknown) => void;
  readonly report: (where: string, error: unknown) => void;
}

/** A process of ours that is kept alive: one at most lives, and calls wait for it while it starts again. */
export interface Host<Remote extends Surface> {
  request: Link<Remote>["request"];
  stream: Link<Remote>["stream"];
  /** Forks ahead of the first call, which then finds its process booted. */
  warm(): void;
  /** Starts it unless it runs. Rejects with why not; the process is gone then, and only `start` tries again. */
  start(): Promise<void>;
  /** The process now running, for ports and measuring. */
  process(): OwnedProcess | null;
  /** Ends it for good. Everything under way, and every later call, is cancelled. */
  stop(): Promise<void>;
}

/** Milliseconds a process gets to end by itself. */
const longestGoodbye = 5000;
/** A process that dies this often in a row before it was ready would do so for ever. */
const mostTries = 5;

interface Forked<Remote extends Surface> {
  readonly child: OwnedProcess;
  readonly link: Link<Remote>;
}

/** Starts the process on the first call and again when it dies, later and later each time. */
export function hostProcess<Remote extends Surface>(options: HostOptions<Remote>): Host<Remote> {
  const stopping = new AbortController();
  const deaths: number[] = [];
  /** Forked and not yet known to be gone; prepared, or being prepared. */
  let running: Forked<Remote> | null = null;
  let warmed: Forked<Remote> | null = null;
  let ready: Promise<Link<Remote>> | null = null;
  let down: { readonly error: unknown } | null = null;
  let stopped: Promise<void> | null = null;

  function fork(): Forked<Remote> {
    const child = own(options.fork());
    return { child, link: openLink<Remote>(child, options.onEvent) };
  }

  function take(): Forked<Remote> {
    const spare = warmed;
    warmed = null;
    return spare !== null && !spare.child.isGone ? spare : fork();
  }

  /** One process, prepared, or none: whatever goes wrong, what was forked here is gone when this rejects. */
  async function attempt(): Promise<Link<Remote>> {
    const forked = take();
    const { child, link } = forked;
    running = forked;
    const died = child.exited.then((code) => {
      if (running === forked) running = null;
      return code;
    });
    try {
      await Promise.race([options.prepare(link), died.then(() => Promise.reject(restarted()))]);
    } catch (error) {
      const hasDied = child.isGone;
      link.fail(failureNow());
      await child.end(0);
      if (hasDied) noteDeath(await died);
      throw hasDied ? restarted() : error;
    }
    void died.then((code) => onDeath(link, code));
    return link;
  }

  function noteDeath(code: number | null): void {
    if (stopping.signal.aborted) return;
    options.report(options.name, new Error(`the process ended with ${code}`));
    deaths.push(Date.now());
  }

  /** Tries until a process stands, as long as it is the process that dies. */
  async function bringUp(): Promise<Link<Remote>> {
    for (let tries = 1; ; tries++) {
      const delay = restartDelay(deaths, Date.now());
      if (delay > 0) await pause(delay, stopping.signal);
      stopping.signal.throwIfAborted();
      try {
        return await attempt();
      } catch (error) {
        const isDeath = error instanceof AppError && error.code === "worker-restarted";
        if (!isDeath || tries >= mostTries || stopping.signal.aborted) throw error;
      }
    }
  }

  function begin(): Promise<Link<Remote>> {
    down = null;
    const starting = bringUp().catch((error: unknown) => {
      if (ready === starting) ready = null;
      if (stopping.signal.aborted) throw new AppError("cancelled", { cause: error });
      if (options.restarts === "at-once") down = { error };
      throw error;
    });
    ready = starting;
    return starting;
  }

  function onDeath(link: Link<Remote>, code: number | null): void {
    noteDeath(code);
    ready = null;
    if (options.restarts === "at-once" && !stopping.signal.aborted) {
      begin().then(options.onRestart, (error: unknown) => {
        if (isCancel(error)) return;
        options.onDown(error);
      });
    }
    // What was under way is told only once its place is taken, so that asking again waits for the new one.
    link.fail(failureNow());
  }

  function failureNow(): { code: "cancelled" | "worker-restarted" } {
    return { code: stopping.signal.aborted ? "cancelled" : "worker-restarted" };
  }

  function reach(): Promise<Link<Remote>> {
    if (stopping.signal.aborted) return Promise.reject(new AppError("cancelled"));
    if (ready !== null) return ready;
    return down === null ? begin() : Promise.reject(down.error);
  }

  return {
    request: async (name, input, signal) => {
      const link = await unlessAborted(reach(), signal);
      try {
        return await link.request(name, input, signal);
      } catch (error) {
        const died = error instanceof AppError && error.code === "worker-restarted";
        if (!died || !options.isRepeatable(name)) throw error;
        return await (await unlessAborted(reach(), signal)).request(name, input, signal);
      }
    },
    stream: async function* (name, input, signal) {
      yield* (await unlessAborted(reach(), signal)).stream(name, input, signal);
    },
    warm: () => {
      if (ready === null && warmed === null && !stopping.signal.aborted) warmed = fork();
    },
    start: async () => {
      if (stopping.signal.aborted) throw new AppError("cancelled");
      // A person who tries again does not wait for deaths of before.
      if (ready === null) deaths.length = 0;
      await (ready ?? begin());
    },
    process: () => running?.child ?? null,
    stop: () => {
      stopped ??= (async () => {
        stopping.abort();
        const left = [running, warmed].filter((one) => one !== null);
        await Promise.all(left.map(({ child }) => child.end(longestGoodbye)));
      })();
      return stopped;
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    signal.addEventListener("abort", over, { once: true });
  });
}

const restarted = (): AppError => new AppError("worker-restarted");

/** The wait for a process may be long (a keyring that asks); who asked may have left. */
function unlessAborted<Value>(wait: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) {
    wait.catch(() => undefined);
    return Promise.reject(new AppError("cancelled"));
  }
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new AppError("cancelled"));
    signal.addEventListener("abort", leave, { once: true });
    wait.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
