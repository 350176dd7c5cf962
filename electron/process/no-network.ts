interface Connecting {
  Socket: { prototype: { connect: unknown } };
}
interface Binding {
  Socket: { prototype: { bind: unknown; send: unknown; connect: unknown } };
}

/**
 * Makes this process unable to open a connection by accident: rule S4 leaves the network to main's gate.
 * A help against a library that calls home; the proof is the trace of the whole application. The function
 * returned opens plain sockets again, for the `qwill` command, whose gate is in the same process.
 */
export function refuseNetwork(): () => void {
  const refuse = (): never => {
    throw new Error("this process has no network");
  };
  const streams = process.getBuiltinModule("node:net") as unknown as Connecting;
  const datagrams = process.getBuiltinModule("node:dgram") as unknown as Binding;
  const connect = streams.Socket.prototype.connect;
  streams.Socket.prototype.connect = refuse;
  datagrams.Socket.prototype.connect = refuse;
  datagrams.Socket.prototype.bind = refuse;
  datagrams.Socket.prototype.send = refuse;
  for (const name of ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]) {
    Object.defineProperty(globalThis, name, { value: refuse, configurable: false, writable: false });
  }
  return () => {
    streams.Socket.prototype.connect = connect;
  };
}
