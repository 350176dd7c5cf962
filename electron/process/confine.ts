import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { builtin, close, functionsOf, refusal, syncImports, type Functions } from "./closed.ts";
import { refuseNetwork } from "./no-network.ts";

/** Modules of which a reader needs nothing. */
const closedModules = [
  "node:child_process",
  "node:cluster",
  "node:dgram",
  "node:dns",
  "node:dns/promises",
  "node:http",
  "node:http2",
  "node:https",
  "node:inspector",
  "node:net",
  "node:sqlite",
  "node:tls",
  "node:trace_events",
  "node:wasi",
  "node:worker_threads",
];
/** What instances that are already there could still do. */
const closedMethods: readonly [module: string, className: string, names: readonly string[]][] = [
  ["node:child_process", "ChildProcess", ["spawn"]],
  ["node:net", "Server", ["listen"]],
];
/** Functions that reach past the rest: natives, inner bindings, the debugger, files written by the runtime itself. */
const closedFunctions: readonly [module: string, names: readonly string[]][] = [
  ["node:module", ["register", "registerHooks", "runMain", "enableCompileCache", "flushCompileCache"]],
  ["node:v8", ["setFlagsFromString", "writeHeapSnapshot", "setHeapSnapshotNearHeapLimit", "startCpuProfile"]],
];
const closedOfProcess = [
  "_debugEnd",
  "_debugProcess",
  "_getActiveHandles",
  "_getActiveRequests",
  "_kill",
  "_linkedBinding",
  "binding",
  "chdir",
  "dlopen",
  "execve",
  "kill",
  "loadEnvFile",
];
/** Reads by a descriptor that is open already: the loader of modules needs them. */
const openDescriptor = ["closeSync", "fstatSync", "readSync"];
/** Looks by a path, within the program's own code: the loader of modules needs them too. */
const lookFunctions = ["existsSync", "lstatSync", "realpathSync", "statSync"];

/**
 * Takes from a process that parses untrusted bytes what script could misuse: connections, name look-ups, programs,
 * threads, natives, the debugger, signals, and every file but those in the folders `code`, to be read. It holds
 * against a parser that is made to run script; against one that runs machine code only the system can help.
 */
export function confine(code: readonly string[]): void {
  // All are loaded before the first is closed: some are made out of others.
  const modules = closedModules.map((name) => ({ name, module: builtin(name) ?? {} }));
  refuseNetwork();
  for (const [module, className, names] of closedMethods) {
    const prototype = (builtin(module)?.[className] as { prototype: object } | undefined)?.prototype;
    if (prototype) close(prototype, names, className);
  }
  for (const { name, module } of modules) close(module, functionsOf(module), name);
  for (const [name, names] of closedFunctions) close(builtin(name) ?? {}, names, name);
  confineFiles(code);
  close(process, closedOfProcess, "process");
  close(process.report ?? {}, ["writeReport"], "process.report");
  syncImports();
  close(builtin("node:module") ?? {}, ["syncBuiltinESMExports"], "node:module");
}

type Call = (place: string | number, options?: unknown) => unknown;

function confineFiles(code: readonly string[]): void {
  const pathOf = pathsWithin(code);
  const files = builtin("node:fs") ?? {};
  const promises = files["promises"] as Functions;

  /** `optionsOf` leaves of the options what cannot turn reading into writing. */
  function guarded(from: Functions, name: string, optionsOf: (options: unknown) => unknown): unknown {
    const call = from[name] as Call & { readonly native?: unknown };
    const refuse = refusal(`fs.${name}`);
    const guard = (place: unknown, options?: unknown): unknown => {
      const path = pathOf(place);
      return path === null ? refuse() : call(path, optionsOf(options));
    };
    return call.native === undefined ? guard : Object.assign(guard, { native: guard });
  }

  const replacements: [Functions, string, unknown][] = [
    ...lookFunctions.map((name): [Functions, string, unknown] => [
      files,
      name,
      guarded(files, name, (options) => options),
    ]),
    [files, "openSync", guarded(files, "openSync", () => "r")],
    [files, "readFileSync", guarded(files, "readFileSync", readingOnly)],
    [promises, "readFile", guarded(promises, "readFile", readingOnly)],
  ];
  const isReplaced = (target: Functions, name: string): boolean =>
    replacements.some(([one, replaced]) => one === target && replaced === name);
  const others = (target: Functions): string[] =>
    functionsOf(target).filter((name) => !isReplaced(target, name) && !openDescriptor.includes(name));
  close(files, others(files), "fs");
  close(promises, others(promises), "fs.promises");
  for (const [target, name, value] of replacements)
    Object.defineProperty(target, name, { value, configurable: false, writable: false });
}

function readingOnly(options: unknown): { encoding: unknown; flag: "r" } {
  const isObject = typeof options === "object" && options !== null;
  return { encoding: isObject ? (options as { encoding?: unknown }).encoding : options, flag: "r" };
}

// Bound now: script that came in with a file may replace what strings and modules do.
const toAbsolute = resolve;
const toPath = fileURLToPath;
const separator = sep;
// oxlint-disable-next-line unbound-method -- bound by what stands before it
const startsWith = Function.prototype.call.bind(String.prototype.startsWith) as (
  text: string,
  start: string,
) => boolean;

/** Gives the path of a place that lies in one of the folders or is one of the files, else null. */
function pathsWithin(code: readonly string[]): (place: unknown) => string | number | null {
  const folders = code.map((folder) => toAbsolute(folder));
  const count = folders.length;
  return (place) => {
    // A descriptor was opened by a path that was looked at.
    if (typeof place === "number") return place;
    let path: string;
    try {
      path = toAbsolute(typeof place === "string" ? place : toPath(place as URL));
    } catch {
      return null;
    }
    for (let index = 0; index < count; index++) {
      const folder = folders[index] ?? "";
      if (path === folder || startsWith(path, folder + separator)) return path;
    }
    return null;
  };
}
