import { homedir } from "node:os";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where the application keeps its data on this platform, unless told otherwise. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "win32")
    return join(environment["APPDATA"] ?? join(homedir(), "AppData", "Roaming"), "Qwill");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Qwill");
  return join(environment["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "Qwill");
}

/** What lies beside the program: the reader's entry, the models that set-up fetched. */
export interface ProgramPlaces {
  readonly root: string;
  readonly readerEntry: string;
  readonly models: readonly string[];
}

/** `entryFolder`: `electron/cli` of a checkout run as it is, or `out/cli` of a build. */
export function programPlaces(entryFolder: string): ProgramPlaces {
  const source = resolve(entryFolder, "../reader/index.ts");
  const root = resolve(entryFolder, "../..");
  return {
    root,
    readerEntry: existsSync(source) ? source : resolve(entryFolder, "../main/reader.js"),
    models: [join(root, ".cache/models"), join(root, "models")],
  };
}
