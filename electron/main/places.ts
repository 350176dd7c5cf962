import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { app } from "electron";
import { readJson } from "../../core/store/safe-json.ts";
import { readTestNetwork, type TestNetwork } from "./test-network.ts";

/** Where everything is on this machine. */
export interface Places {
  /** True for a package that people install; false for a checkout. */
  readonly isShipped: boolean;
  /** True for a runtime that is for tests and a first look only. */
  readonly isTestRuntime: boolean;
  readonly data: string;
  readonly window: string;
  readonly preload: string;
  readonly entries: Readonly<Record<"worker" | "engine" | "reader" | "counter", string>>;
  /** Folders that may hold models, the one to write to first. */
  readonly models: readonly [string, ...string[]];
  /** Where models are downloaded from, where a test names a server of its own. */
  readonly modelHub: string | undefined;
  readonly testNetwork: TestNetwork;
  readonly sampleLibrary: string;
  /** The database driver compiled for this runtime, where the package's own does not load. */
  readonly nativeBinding: string | undefined;
}

/**
 * Finds the places, and settles the data folder. Before `ready`. In a checkout QWILL_TEST_PROFILE
 * names another data folder, so that a test never meets the person's own.
 */
export function findPlaces(environment: NodeJS.ProcessEnv): Places {
  const root = realpathSync(app.getAppPath());
  const isShipped = root.endsWith(".asar");
  const profile = isShipped ? undefined : environment["QWILL_TEST_PROFILE"];
  const data = profile ?? join(app.getPath("appData"), "Qwill");
  const chromium = join(data, "chromium");
  mkdirSync(chromium, { recursive: true, mode: 0o700 });
  app.setPath("userData", data);
  app.setPath("sessionData", chromium);
  const built = join(root, "out");
  const resources = isShipped ? process.resourcesPath : root;
  return {
    isShipped,
    isTestRuntime: !isShipped && isRegistryRuntime(join(root, ".cache/electron/runtime.json")),
    data,
    window: join(built, "renderer"),
    preload: join(built, "preload/index.cjs"),
    entries: {
      worker: join(built, "main/worker.js"),
      engine: join(built, "main/engine.js"),
      reader: join(built, "main/reader.js"),
      counter: join(built, "main/counter.js"),
    },
    models: [join(data, "models"), isShipped ? join(resources, "models") : join(root, ".cache/models")],
    modelHub: isShipped ? undefined : environment["QWILL_TEST_MODEL_HUB"],
    testNetwork: isShipped ? {} : readTestNetwork(environment),
    sampleLibrary: isShipped ? join(resources, "sample-library") : join(root, "build/sample-library"),
    nativeBinding: isShipped ? undefined : nativeBindingIn(join(root, ".cache/native/native.json")),
  };
}

function isRegistryRuntime(path: string): boolean {
  const runtime = readJson(path) as { path?: unknown; source?: unknown } | null | undefined;
  return runtime?.source === "registry" && runtime.path === process.execPath;
}

function nativeBindingIn(path: string): string | undefined {
  const native = readJson(path) as { electron?: Record<string, unknown> } | null | undefined;
  const binding = native?.electron?.["better-sqlite3"];
  return typeof binding === "string" ? binding : undefined;
}
