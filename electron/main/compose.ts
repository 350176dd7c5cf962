import { join } from "node:path";
import {
  app,
  type BrowserWindow,
  dialog,
  MessageChannelMain,
  nativeTheme,
  powerMonitor,
  safeStorage,
  session,
} from "electron";
import type { IndexProgress } from "../../core/contract/documents.ts";
import type { LibraryAccess } from "../../core/compose/library-requests.ts";
import { composeQwill } from "../../core/compose/compose-qwill.ts";
import { broadcast, registerIpc } from "../ipc/register.ts";
import { makeRouter } from "../ipc/router.ts";
import type { WorkerSurface } from "../worker/surface.ts";
import { serveApp } from "./app-protocol.ts";
import { quietSession } from "./chromium-quiet.ts";
import { makeEngine } from "./engine.ts";
import { openExternal } from "./external-links.ts";
import { appHandlers, wordsNow } from "./handlers/app-handlers.ts";
import { tierHandlers } from "./handlers/tier-handlers.ts";
import { libraryHandlers } from "./handlers/library-handlers.ts";
import { downloadHandler, modelHandlers } from "./handlers/model-handlers.ts";
import { suggest } from "../../core/suggest/suggest.ts";
import { hardenEveryPage, hardenSession } from "./hardening.ts";
import { makeKeySource } from "./key-source.ts";
import { makeLibrary } from "./library.ts";
import { reportBug } from "../process/log.ts";
import { saveFileWith } from "./save-file.ts";
import { setMenu } from "./menu.ts";
import { makeAlerts } from "./alerts.ts";
import type { Places } from "./places.ts";
import { makeReaderHost } from "./reader-host.ts";
import { hasKeyring, keyringWrapper } from "./secrets.ts";
import { openSettings } from "../../core/compose/settings-file.ts";
import { forkUtility } from "../process/utility-child.ts";
import { openMainWindow } from "./windows.ts";

/** The running application, as start and stop need it. */
export interface Application {
  showWindow(): void;
  /** Asks the person first where work is under way; asks once. */
  mayQuit(): boolean;
  close(): Promise<void>;
}

/** Builds the window's half by hand, around `composeQwill`. After `ready`. `onFailed`: no window can be shown. */
export function compose(places: Places, onFailed: (error: unknown) => void): Application {
  const settings = openSettings(join(places.data, "settings.json"));
  nativeTheme.themeSource = settings.current().theme;
  let window: BrowserWindow | null = null;
  let progress: IndexProgress | null = null;
  const words = () => wordsNow(settings);

  const ownSession = session.fromPartition("qwill", { cache: false });
  for (const one of [session.defaultSession, ownSession]) {
    hardenSession(one);
    quietSession(one);
  }
  hardenEveryPage((url) => {
    openExternal(url, window, words()).catch((error: unknown) => reportBug("open-external", error));
  });
  serveApp(ownSession, places.window);

  const alerts = makeAlerts((list) => broadcast("alerts-changed", list));
  if (settings.setAside !== null) alerts.add("settings-set-aside", settings.setAside);
  const keys = makeKeySource({
    dataFolder: places.data,
    hasKeyring: () => hasKeyring(safeStorage, process.platform),
    keyring: keyringWrapper(safeStorage),
  });
  const library = makeLibrary({
    fork: () => forkUtility({ entry: places.entries.worker, name: "Qwill library" }),
    keys,
    opening: () => ({
      dataFolder: places.data,
      nativeBinding: places.nativeBinding,
      modelFolders: places.models,
      embeddingModel: settings.current().embeddingModel,
      threads: settings.current().threads,
      areVectorsHeld: areVectorsHeld(),
    }),
    onEvent: (name, payload) => {
      if (name === "library-progress") {
        progress = payload as IndexProgress;
        broadcast("library-progress", progress);
      } else if (name === "library-changed")
        broadcast("library-changed", payload as WorkerSurface["events"]["library-changed"]);
      else if (name === "models-changed") broadcast("models-changed", undefined);
      else if (name === "index-build")
        broadcast("index-build", payload as WorkerSurface["events"]["index-build"]);
      else readers.onEvent(name, payload as { id: number });
    },
    onStatus: (status) => broadcast("vault-changed", status),
    onRestart: () => broadcast("worker-restarted", undefined),
    alert: (kind) => alerts.add(kind),
    report: reportBug,
  });
  const readers = makeReaderHost({
    fork: () =>
      forkUtility({
        entry: places.entries.reader,
        name: "Qwill reader",
        isSilent: true,
        execArgv: ["--max-old-space-size=1024"],
      }),
    makeLine: () => new MessageChannelMain(),
    library: () => library.process(),
    memory: processMemory,
  });
  const engine = makeEngine({
    fork: () => forkUtility({ entry: places.entries.engine, name: "Qwill engine" }),
    report: reportBug,
  });
  const qwill = composeQwill({
    // The link knows these requests among others, which the compiler cannot narrow down.
    library: { request: library.request as LibraryAccess["request"] },
    settings,
    modelFolders: places.models,
    modelHub: places.modelHub,
    modelsChanged: () => broadcast("models-changed", undefined),
    loadModel: (model, signal) => engine.load(model, signal),
    unloadModel: () => engine.unload(),
    testNetwork: places.testNetwork,
    report: reportBug,
  });

  const shared = { places, settings, library, alerts, window: () => window, words };
  const handlers = {
    ...appHandlers(shared),
    ...libraryHandlers({ ...shared, sampleLibrary: places.sampleLibrary }),
    ...modelHandlers({ ...shared, models: qwill.models }),
    "suggestions.save": qwill.saveSuggestion,
    ...tierHandlers({ ...qwill, saveFile: saveFileWith(() => window) }),
  };
  registerIpc(
    makeRouter(handlers, reportBug),
    {
      suggest: (request, signal) => suggest(request, qwill.suggest, signal),
      "models.download": downloadHandler(qwill.models),
    },
    reportBug,
  );

  function report(where: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => reportBug(where, error));
  }
  function areVectorsHeld(): boolean {
    return settings.current().pauseOnBattery && powerMonitor.isOnBatteryPower();
  }
  /** An open library is told; one that opens asks. */
  function holdVectors(): void {
    if (library.status().state !== "open") return;
    const held = areVectorsHeld();
    report("battery", library.request("library.hold-vectors", { held }, new AbortController().signal));
  }
  const menu = () =>
    setMenu(words(), (command) => broadcast("command-invoked", { command }), !places.isShipped);
  menu();
  settings.onChange((next, before) => {
    broadcast("settings-changed", next);
    if (next.language !== before.language) menu();
    if (next.generationModel !== before.generationModel) report("engine", engine.unload());
    if (next.ledgerPayloadDays !== before.ledgerPayloadDays) qwill.ledgerAge.apply();
    if (next.pauseOnBattery !== before.pauseOnBattery) holdVectors();
  });
  powerMonitor.on("on-battery", holdVectors);
  powerMonitor.on("on-ac", holdVectors);
  void library.open();

  let hasAsked = false;
  return {
    showWindow: () => {
      if (window !== null) {
        if (window.isMinimized()) window.restore();
        return window.focus();
      }
      window = openMainWindow({
        session: ownSession,
        preload: places.preload,
        dataFolder: places.data,
        onFailed,
      });
      window.on("closed", () => (window = null));
    },
    mayQuit: () => {
      if (hasAsked || progress?.state !== "running" || !settings.current().confirmBeforeQuitWhileIndexing)
        return true;
      const said = words();
      const answer = dialog.showMessageBoxSync({
        type: "question",
        message: said.quitWhileIndexing,
        detail: said.quitWhileIndexingDetail,
        buttons: [said.quit, said.cancel],
        defaultId: 0,
        cancelId: 1,
      });
      hasAsked = answer === 0;
      return hasAsked;
    },
    close: async () => {
      // What is under way ends while its rows can still be written.
      await qwill.close();
      await library.close();
      await readers.closeAll();
      await engine.close();
    },
  };
}

/** Electron counts in kilobytes. */
function processMemory(): Map<number, number> {
  return new Map(app.getAppMetrics().map(({ pid, memory }) => [pid, memory.workingSetSize * 1024]));
}
