import type { MessagePortMain } from "electron";
import type {
  FromReader,
  ReaderChannel,
  ReaderExit,
  ToReader,
} from "../../core/rag/readers/process/channel.ts";
import type { ReaderGiven, ReaderNews } from "./surface.ts";

/** How the worker asks main for reader processes; only main can start one. */
export interface ReaderAsks {
  wanted(id: number): void;
  unwanted(id: number): void;
}

/** The part of the parent port that main's answers come through. */
export interface AnswerPort {
  on(
    name: "message",
    listener: (event: { readonly data: unknown; readonly ports: readonly MessagePortMain[] }) => void,
  ): unknown;
}

interface OpenReader {
  give(port: MessagePortMain): void;
  remember(bytes: number): void;
  exit(exit: ReaderExit): void;
}

/** Gives a `spawn` for the process reader: each call is one utility process, reached over its own port. */
export function makeReaderSpawner(asks: ReaderAsks, answers: AnswerPort): () => ReaderChannel {
  const open = new Map<number, OpenReader>();
  let lastId = 0;

  answers.on("message", ({ data, ports }) => {
    const message = data as Partial<ReaderGiven> | Partial<ReaderNews> | null;
    const reader = typeof message?.id === "number" ? open.get(message.id) : undefined;
    if (!message || !reader) return;
    const port = ports[0];
    if (message.kind === "reader" && port) reader.give(port);
    else if (message.kind === "reader-memory" && message.bytes !== undefined) reader.remember(message.bytes);
    else if (message.kind === "reader-exit") {
      open.delete(message.id ?? 0);
      reader.exit({ code: message.code ?? null, signal: null });
    }
  });

  return () => {
    const id = ++lastId;
    const held: ToReader[] = [];
    const listeners: ((message: FromReader) => void)[] = [];
    const exitListeners: ((exit: ReaderExit) => void)[] = [];
    let port: MessagePortMain | null = null;
    let bytes: number | null = null;
    let isOver = false;

    open.set(id, {
      give(given) {
        port = given;
        port.on("message", (event) => {
          for (const listener of listeners) listener(event.data as FromReader);
        });
        port.start();
        for (const message of held.splice(0)) port.postMessage(message);
      },
      remember: (now) => {
        bytes = now;
      },
      exit(exit) {
        if (isOver) return;
        isOver = true;
        port?.close();
        for (const listener of exitListeners) listener(exit);
      },
    });
    asks.wanted(id);
    return {
      send(message) {
        if (port) port.postMessage(message);
        else held.push(message);
      },
      onMessage: (listener) => void listeners.push(listener),
      onExit: (listener) => void exitListeners.push(listener),
      memory: () => bytes,
      kill() {
        if (!isOver) asks.unwanted(id);
      },
    };
  };
}
