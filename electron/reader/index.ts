import type { MessagePortMain } from "electron";
import type { FromReader, ReaderPort, ToReader } from "../../core/rag/readers/process/channel.ts";
import { serveReader } from "../../core/rag/readers/process/serve-reader.ts";
import { programCode } from "../../core/rag/readers/process/program-code.ts";
import { confine } from "../process/confine.ts";

confine(programCode(import.meta.filename));

// pdf.js drops promises of pages it gave up on. The read they belong to answers by itself, or its time runs out.
process.on("unhandledRejection", () => undefined);

/** A Node child talks over its own channel. */
function childPort(): ReaderPort {
  // Its host gone, a reader has nothing left to do.
  process.on("disconnect", () => process.exit(0));
  return {
    post: (message) => process.send?.(message),
    listen: (listener) => {
      process.on("message", (message) => listener(message as ToReader));
    },
  };
}

/** A utility process gets a port to the worker from main, and never talks to main itself. */
function utilityPort(port: MessagePortMain): ReaderPort {
  port.on("close", () => process.exit(0));
  return {
    post: (message: FromReader) => port.postMessage(message),
    listen: (listener) => {
      port.on("message", (event) => listener(event.data as ToReader));
      port.start();
    },
  };
}

// Electron's types say that the parent port is always there; in plain Node it is not.
const parent = process.parentPort as Electron.ParentPort | undefined;
if (parent) {
  parent.once("message", ({ ports }) => {
    const port = ports[0];
    if (port) serveReader(utilityPort(port));
  });
} else if (process.send) {
  serveReader(childPort());
} else {
  throw new Error("a reader needs a host");
}
