import type { MessagePortMain } from "electron";
import { own, type Child, type OwnedProcess } from "../process/child.ts";
import type { ReaderGiven, ReaderNews } from "../worker/surface.ts";

/** Forks readers on the library process's word: only main can, and only that process talks to them. */
export interface ReaderHost {
  onEvent(name: "reader-wanted" | "reader-unwanted", payload: { readonly id: number }): void;
  /** Resolves when no reader is left. */
  closeAll(): Promise<void>;
}

export interface ReaderHostOptions {
  readonly fork: () => Child;
  /** A line whose two ends go to a reader and to the library process. */
  readonly makeLine: () => { readonly port1: MessagePortMain; readonly port2: MessagePortMain };
  readonly library: () => OwnedProcess | null;
  /** Resident memory of our processes by pid, in bytes. */
  readonly memory: () => ReadonlyMap<number, number>;
}

interface Running {
  /** Numbers are the owner's own: a restarted library process counts from one again. */
  readonly id: number;
  readonly owner: OwnedProcess;
  readonly reader: OwnedProcess;
}

/** How often the library process hears of a reader's memory, in milliseconds. */
const memoryInterval = 250;

export function makeReaderHost(options: ReaderHostOptions): ReaderHost {
  const running = new Set<Running>();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  function measure(): void {
    const memory = options.memory();
    for (const { id, owner, reader } of running) {
      const bytes = reader.pid === undefined ? undefined : memory.get(reader.pid);
      if (bytes !== undefined) owner.post({ kind: "reader-memory", id, bytes } satisfies ReaderNews);
    }
  }

  function start(owner: OwnedProcess, id: number): void {
    const reader = own(options.fork());
    const entry = { id, owner, reader };
    running.add(entry);
    timer ??= setInterval(measure, memoryInterval);
    const { port1, port2 } = options.makeLine();
    reader.post({ kind: "port" }, [port1]);
    owner.post({ kind: "reader", id } satisfies ReaderGiven, [port2]);
    void reader.exited.then((code) => {
      running.delete(entry);
      if (running.size === 0 && timer !== null) {
        clearInterval(timer);
        timer = null;
      }
      owner.post({ kind: "reader-exit", id, code: code ?? 1 } satisfies ReaderNews);
    });
    void owner.exited.then(() => reader.end(0));
  }

  return {
    onEvent: (name, { id }) => {
      const owner = options.library();
      // Whoever asked has died since, and asks no more.
      if (owner === null || owner.isGone || isClosed) return;
      if (name === "reader-wanted") return start(owner, id);
      for (const entry of running) if (entry.owner === owner && entry.id === id) void entry.reader.end(0);
    },
    closeAll: async () => {
      isClosed = true;
      // At once: a reader caught in a loop hears no polite request, and has nothing to save.
      await Promise.all([...running].map(({ reader }) => reader.end(0)));
    },
  };
}
