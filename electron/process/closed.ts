/** A module of the runtime itself, as an object of functions. */
export type Functions = Record<string, unknown>;

export function refusal(what: string): () => never {
  return () => {
    throw new Error(`this process may not use ${what}`);
  };
}

/** The runtime's own module; null where this runtime has none of that name. */
export function builtin(name: string): Functions | null {
  try {
    return (process.getBuiltinModule(name) as Functions | undefined) ?? null;
  } catch {
    // Built without it: it says so when it is loaded, to whoever loads it.
    return null;
  }
}

/** Closes some functions of an object for good. */
export function close(target: object, names: readonly string[], what: string): void {
  for (const name of names) {
    if (!(name in target)) continue;
    const value = refusal(`${what}.${name}`);
    Object.defineProperty(target, name, { value, configurable: false, writable: false });
  }
}

/** Names of everything an object offers to call, classes too. */
export function functionsOf(target: object): string[] {
  return Object.keys(target).filter((name) => typeof (target as Functions)[name] === "function");
}

/** What `import { name } from "node:…"` gave is brought up to date with what was closed. */
export function syncImports(): void {
  const { syncBuiltinESMExports } = builtin("node:module") as { syncBuiltinESMExports: () => void };
  syncBuiltinESMExports();
}
