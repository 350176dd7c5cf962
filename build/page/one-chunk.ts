/** What a bundler tells of a module. */
interface Modules {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null;
}

/** A group of a bundler's output. */
interface ChunkGroup {
  readonly debugName: string;
  /** The chunk that a module goes into; null: as the bundler likes. */
  readonly name: (id: string, modules: Modules) => string | null;
}

/**
 * One chunk of all that `entry` imports, directly or not: what is read together then comes in one answer, not in
 * twenty.
 */
export function oneChunk(name: string, entry: string): ChunkGroup {
  let members: Set<string> | null = null;
  return {
    debugName: name,
    name: (id, modules) => {
      members ??= reachable(entry, modules);
      return members.has(id) ? name : null;
    },
  };
}

function reachable(entry: string, modules: Modules): Set<string> {
  const found = new Set([entry]);
  for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
