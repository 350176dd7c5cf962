import { utilityProcess, type UtilityProcess } from "electron";
import { AppError, isCancel } from "../../core/contract/errors.ts";
import { openLink, type Link, type Port, type Surface } from "./link.ts";
import { restartDelay } from "./restart-delay.ts";

export interface HostOptions<Remote extends Surface> {
  /** Absolute path of the built entry. */
  readonly entry: string;
  /** What the system's process list shows. */
  readonly name: string;
  readonly execArgv?: readonly string[];
  readonly onEvent: <Name extends keyof Remote["events"] & string>(
    name: Name,
    payload: Remote["events"][Name],
  ) => void;
  /** Runs on a fresh process before anything else reaches it; a rejection ends the start. */
  readonly prepare: (link: Link<Remote>) => Promise<void>;
  /** True for a request that may simply be asked again when its process died under it. */
  readonly isRepeatable: (name: string) => boolean;
  /** A new process stands ready after the last one died. */
  readonly onRestart: () => void;
  readonly report: (where: string, error: unknown) => void;
}

/** A process of ours that is kept alive: calls wait for it while it starts again. */
export interface Host<Remote extends Surface> {
  request: Link<Remote>["request"];
  stream: Link<Remote>["stream"];
  /** The process now running, for ports and measuring. */
  process(): UtilityProcess | null;
  stop(): Promise<void>;
}

/** Milliseconds a process gets to end by itself. */
const longestGoodbye = 5000;

/** Starts the process on the first call and again whenever it dies, later and later each time. */
export function hostUtility<Remote extends Surface>(options: HostOptions<Remote>): Host<Remote> {
  let child: UtilityProcess | null = null;
  let ready: Promise<Link<Remote>> | null = null;
  let stopping = false;
  const deaths: number[] = [];

  async function start(delay: number): Promise<Link<Remote>> {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    if (stopping) throw new AppError("cancelled");
    const started = utilityProcess.fork(options.entry, [], {
      serviceName: options.name,
      stdio: "inherit",
      env: environmentFor(process.env),
      execArgv: [...(options.execArgv ?? [])],
    });
    child = started;
    const link = openLink<Remote>(portOf(started), options.onEvent);
    started.on("exit", (code) => onExit(started, link, code));
    await options.prepare(link);
    return link;
  }

  function onExit(dead: UtilityProcess, link: Link<Remote>, code: number): void {
    if (child === dead) child = null;
    if (stopping) return link.fail({ code: "cancelled" });
    options.report(options.name, new Error(`the process ended with ${code}`));
    deaths.push(Date.now());
    const again = start(restartDelay(deaths, Date.now()));
    ready = again;
    // What was under way is told only once its place is taken, so that asking again waits for the new one.
    link.fail({ code: "worker-restarted" });
    again.then(options.onRestart, (error: unknown) => {
      if (ready === again) ready = null;
      if (!isCancel(error)) options.report(options.name, error);
    });
  }

  function running(): Promise<Link<Remote>> {
    if (ready !== null) return ready;
    const first = start(0);
    ready = first;
    first.catch(() => {
      if (ready === first) ready = null;
    });
    return first;
  }

  return {
    request: async (name, input, signal) => {
      const link = await running();
      try {
        return await link.request(name, input, signal);
      } catch (error) {
        const died = error instanceof AppError && error.code === "worker-restarted";
        if (!died || !options.isRepeatable(name)) throw error;
        return await (await running()).request(name, input, signal);
      }
    },
    stream: async function* (name, input, signal) {
      yield* (await running()).stream(name, input, signal);
    },
    process: () => child,
    stop: async () => {
      stopping = true;
      const last = child;
      if (last === null) return;
      const ended = new Promise<void>((resolve) => last.once("exit", () => resolve()));
      last.kill();
      // A process that hangs does not answer the polite signal; quitting must not wait for it for ever.
      const force = setTimeout(() => {
        if (last.pid !== undefined) process.kill(last.pid, "SIGKILL");
      }, longestGoodbye);
      await ended;
      clearTimeout(force);
    },
  };
}

function portOf(child: UtilityProcess): Port {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    post: (message) => child.postMessage(message),
    listen: (listener) => {
      child.on("message", listener);
    },
  };
}

/** Children get what the system needs to run a program, and nothing of what the person's shell holds. */
export function environmentFor(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = [
    "HOME",
    "LANG",
    "LC_ALL",
    "PATH",
    "SystemRoot",
    "TEMP",
    "TMP",
    "TMPDIR",
    "TZ",
    "USERPROFILE",
    "windir",
  ];
  return Object.fromEntries(
    kept.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  );
}
