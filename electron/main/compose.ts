import { join } from "node:path";
import { app, dialog, MessageChannelMain, nativeTheme, powerMonitor, safeStorage } from "electron";
import type { SuggestRequest } from "../../core/contract/suggest.ts";
import type { IndexProgress } from "../../core/contract/documents.ts";
import type { LibraryAccess } from "../../core/compose/library-requests.ts";
import { modelHub } from "../../core/models/download.ts";
import { composeQwill } from "../../core/compose/compose-qwill.ts";
import { inTurn } from "../../core/compose/in-turn.ts";
import { broadcast } from "../ipc/broadcast.ts";
import type { Answers } from "../ipc/register.ts";
import { makeRouter } from "../ipc/router.ts";
import { makePageStreams } from "../ipc/streams.ts";
import type { WorkerSurface } from "../worker/surface.ts";
import { makeEngine } from "./engine.ts";
import { openExternal } from "./external-links.ts";
import { appHandlers, nativeTextsNow } from "./handlers/app-handlers.ts";
import { tierHandlers } from "./handlers/tier-handlers.ts";
import { libraryHandlers } from "./handlers/library-handlers.ts";
import { downloadHandler, modelHandlers } from "./handlers/model-handlers.ts";
import { suggest } from "../../core/suggest/suggest.ts";
import { makeKeySource } from "./key-source.ts";
import { makeLibrary } from "./library.ts";
import { reportBug } from "../process/log.ts";
import { saveFileWith } from "./save-file.ts";
import { setMenu } from "./menu.ts";
import { makeAlerts } from "./alerts.ts";
import type { MainWindow } from "./main-window.ts";
import type { Places } from "./places.ts";
import { makeReaderHost } from "./reader-host.ts";
import { hasKeyring, keyringWrapper } from "./secrets.ts";
import { openSettings } from "../../core/compose/settings-file.ts";
import { forkUtility } from "../process/utility-child.ts";
import { startThread } from "../process/thread-child.ts";
import { makeTokenCounter } from "./token-counter.ts";

/** Milliseconds after the start until what a first call needs is read: nobody has asked anything by then. */
const warmAfter = 10_000;

/** The running application, as window, start and stop need it. */
export interface Application {
  /** What answers the window's page. */
  readonly answers: Answers;
  /** Asks the person, then hands the address to the system's browser. */
  readonly openExternal: (url: string) => void;
  /** Asks the person first where work is under way; asks once. */
  mayQuit(): boolean;
  close(): Promise<void>;
}

/** Builds the window's half by hand, around `composeQwill`. After `ready`. */
export function compose(places: Places, window: MainWindow): Application {
  const settings = openSettings(join(places.data, "settings.json"));
  nativeTheme.themeSource = settings.current().theme;
  let progress: IndexProgress | null = null;
  const words = () => nativeTextsNow(settings);

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
      else if (name === "disk-full") alerts.add("disk-full");
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
  const counter = makeTokenCounter({
    start: () => startThread({ entry: places.entries.counter, name: "Qwill counter", memory: 512 }),
    report: reportBug,
  });
  const qwill = composeQwill({
    // The link knows these requests among others, which the compiler cannot narrow down.
    library: { request: library.request as LibraryAccess["request"] },
    settings,
    modelFolders: places.models,
    modelHub: places.modelHub ?? modelHub,
    modelsChanged: () => broadcast("models-changed", undefined),
    loadModel: (model, signal) => engine.load(model, signal),
    unloadModel: () => engine.unload(),
    countQwenTokens: counter.count,
    testNetwork: places.testNetwork,
    report: reportBug,
  });

  const shared = { places, settings, library, alerts, window: window.current, words };
  const handlers = {
    ...appHandlers(shared),
    ...libraryHandlers({ ...shared, sampleLibrary: places.sampleLibrary }),
    ...modelHandlers({ ...shared, models: qwill.models }),
    "suggestions.save": qwill.saveSuggestion,
    ...tierHandlers({ ...qwill, saveFile: saveFileWith(window.current) }),
  };
  const streamHandlers = {
    suggest: (request: SuggestRequest, signal: AbortSignal) => suggest(request, qwill.suggest, signal),
    "models.download": downloadHandler(qwill.models),
  };

  function report(where: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => reportBug(where, error));
  }
  /** A tier beyond this device counts before it is asked. */
  function countsTokens(): boolean {
    return Object.values(settings.current().tiers).some((provider) => provider !== null);
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
    if (next.tiers !== before.tiers && countsTokens()) counter.warm();
    if (next.pauseOnBattery !== before.pauseOnBattery) holdVectors();
  });
  powerMonitor.on("on-battery", holdVectors);
  powerMonitor.on("on-ac", holdVectors);
  void library.open();
  setTimeout(() => countsTokens() && counter.warm(), warmAfter).unref();

  let hasAsked = false;
  return {
    answers: {
      router: makeRouter(handlers, reportBug),
      makeStreams: (send) => makePageStreams(streamHandlers, send, reportBug),
    },
    openExternal: (url) => report("open-external", openExternal(url, window.current(), words())),
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
      await inTurn(
        () => qwill.close(),
        () => library.close(),
        () => readers.closeAll(),
        () => engine.close(),
        () => counter.close(),
      );
    },
  };
}

/** Electron counts in kilobytes. */
function processMemory(): Map<number, number> {
  return new Map(app.getAppMetrics().map(({ pid, memory }) => [pid, memory.workingSetSize * 1024]));
}
