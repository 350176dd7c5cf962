import { builtin, functionsOf, refusal, syncImports, type Functions } from "./closed.ts";

/** What opens a connection, sends a datagram or asks for a name, in the modules of the runtime. */
const ways: readonly {
  readonly module: string;
  readonly className?: string;
  readonly names: string[] | "all";
}[] = [
  { module: "node:net", className: "Socket", names: ["connect"] },
  { module: "node:dgram", className: "Socket", names: ["connect", "bind", "send"] },
  { module: "node:dns", names: "all" },
  { module: "node:dns/promises", names: "all" },
];

/**
 * Makes this process unable to open a connection or to ask for a name by accident: rule S4 leaves the network to
 * main's gate. A help against a library that calls home; the proof is the trace of the whole application. The function
 * returned opens plain sockets again, for the `qwill` command, whose gate is in the same process.
 */
export function refuseNetwork(): () => void {
  const before: (() => void)[] = [];
  for (const { module, className, names } of ways) {
    const exported = builtin(module) ?? {};
    const target =
      className === undefined ? exported : (exported[className] as { prototype: Functions }).prototype;
    for (const name of names === "all" ? functionsOf(target) : names) {
      const open = target[name];
      target[name] = refusal(`the network (${name})`);
      before.push(() => (target[name] = open));
    }
  }
  for (const name of ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]) {
    const value = refusal(`the network (${name})`);
    Object.defineProperty(globalThis, name, { value, configurable: false, writable: false });
  }
  syncImports();
  return () => {
    for (const open of before) open();
    syncImports();
  };
}
