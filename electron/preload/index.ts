import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { Failure } from "../../core/contract/errors.ts";
import type { Bridge, Reply } from "../../core/contract/routes.ts";
import { channels, type StreamMessage } from "./channels.ts";

interface OpenStream {
  readonly onEvent: (event: unknown) => void;
  readonly onEnd: (failure: Failure | null) => void;
}

const openStreams = new Map<number, OpenStream>();
const listeners = new Map<string, Set<(payload: unknown) => void>>();
let lastStreamId = 0;

ipcRenderer.on(channels.stream, (_event, id: number, message: StreamMessage) => {
  const stream = openStreams.get(id);
  if (stream === undefined) return;
  if ("event" in message) return stream.onEvent(message.event);
  openStreams.delete(id);
  stream.onEnd(message.end);
});

ipcRenderer.on(channels.event, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

/** Dropped files become paths here, so that the page never sees one. */
function withPaths(route: string, input: unknown): unknown {
  if (route !== "library.add-dropped" || typeof input !== "object" || input === null) return input;
  const files: unknown = (input as { files?: unknown }).files;
  if (!Array.isArray(files)) return input;
  // A path that the page made up is not a dropped file: only File objects count.
  const paths = files
    .filter((file): file is File => file instanceof File)
    .map((file) => webUtils.getPathForFile(file));
  return { ...input, files: paths.filter((path) => path !== "") };
}

const bridge: Bridge = {
  request: (route, input) =>
    ipcRenderer.invoke(channels.request, route, withPaths(route, input)) as Promise<Reply<unknown>>,

  stream: (route, input, onEvent, onEnd) => {
    const id = ++lastStreamId;
    openStreams.set(id, { onEvent, onEnd });
    ipcRenderer.send(channels.streamOpen, id, route, input);
    // What comes after a cancel (its last event, its end) is still delivered.
    return () => {
      if (openStreams.has(id)) ipcRenderer.send(channels.streamCancel, id);
    };
  },

  on: (event, listener) => {
    const group = listeners.get(event) ?? new Set();
    listeners.set(event, group.add(listener));
    return () => {
      group.delete(listener);
    };
  },
};

contextBridge.exposeInMainWorld("qwill", bridge);
