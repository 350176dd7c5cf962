import { MessageChannelMain, utilityProcess, app, type UtilityProcess } from "electron";
import type { ReaderGiven, ReaderNews } from "../worker/surface.ts";
import { environmentFor } from "../process/utility-host.ts";

/** Forks readers on the worker's word: only main can, and only the worker talks to them. */
export interface ReaderHost {
  onEvent(name: "reader-wanted" | "reader-unwanted", payload: { readonly id: number }): void;
  closeAll(): void;
}

export interface ReaderHostOptions {
  readonly entry: string;
  readonly worker: () => UtilityProcess | null;
  readonly report: (where: string, error: unknown) => void;
}

/** How often the worker hears of a reader's memory, in milliseconds. */
const memoryInterval = 250;

export function makeReaderHost(options: ReaderHostOptions): ReaderHost {
  const running = new Map<number, UtilityProcess>();
  let timer: NodeJS.Timeout | null = null;

  const tell = (news: ReaderNews): void => options.worker()?.postMessage(news);

  function measure(): void {
    const metrics = app.getAppMetrics();
    for (const [id, child] of running) {
      const found = metrics.find((metric) => metric.pid === child.pid);
      // Electron counts in kilobytes.
      if (found) tell({ kind: "reader-memory", id, bytes: found.memory.workingSetSize * 1024 });
    }
  }

  function start(id: number): void {
    const owner = options.worker();
    if (owner === null) return;
    const child = utilityProcess.fork(options.entry, [], {
      serviceName: "Qwill reader",
      stdio: "ignore",
      env: environmentFor(process.env),
      execArgv: ["--max-old-space-size=1024"],
    });
    running.set(id, child);
    timer ??= setInterval(measure, memoryInterval);
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind: "port" }, [port1]);
    owner.postMessage({ kind: "reader", id } satisfies ReaderGiven, [port2]);
    child.on("exit", (code) => {
      running.delete(id);
      if (running.size === 0 && timer !== null) {
        clearInterval(timer);
        timer = null;
      }
      tell({ kind: "reader-exit", id, code });
    });
    // A reader belongs to the worker that asked: the next worker asks for its own.
    owner.once("exit", () => end(child));
  }

  return {
    onEvent: (name, { id }) => {
      if (name === "reader-wanted") start(id);
      else end(running.get(id));
    },
    closeAll: () => {
      for (const child of running.values()) end(child);
    },
  };
}

/** At once: a reader caught in a loop hears no polite request, and has nothing to save. */
function end(child: UtilityProcess | undefined): void {
  if (child?.pid !== undefined) process.kill(child.pid, "SIGKILL");
}
