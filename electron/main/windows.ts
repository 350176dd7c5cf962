import { join } from "node:path";
import { BrowserWindow, nativeTheme, screen, type Session } from "electron";
import { appOrigin } from "../ipc/sender.ts";
import { readJson, setAside, writeJson } from "../../core/store/safe-json.ts";
import { reportBug } from "../process/log.ts";
import { leastSize, placeFor } from "./window-place.ts";

export interface WindowOptions {
  readonly session: Session;
  readonly preload: string;
  /** Folder that remembers the place. */
  readonly dataFolder: string;
  /** The page did not load: there would never be a window to see. */
  readonly onFailed: (error: unknown) => void;
}

/** The colours of the page's ground (`--surface` in `renderer/app/tokens.css`), so that nothing flashes before it is there. */
const ground = { light: "#fbfaf8", dark: "#201f1d" } as const;

/** Opens the main window where it stood before. */
export function openMainWindow(options: WindowOptions): BrowserWindow {
  const placeFile = join(options.dataFolder, "window.json");
  const stored = readJson(placeFile);
  if (stored === null) setAside(placeFile);
  const place = placeFor(
    stored,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    x: place.x,
    y: place.y,
    width: place.width,
    height: place.height,
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: "Qwill",
    backgroundColor: groundNow(),
    webPreferences: {
      preload: options.preload,
      session: options.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      enableWebSQL: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
    },
  });
  if (place.maximised) window.maximize();
  window.once("ready-to-show", () => window.show());
  window.on("page-title-updated", (event) => event.preventDefault());
  let isClosing = false;
  window.on("close", () => {
    isClosing = true;
    try {
      writeJson(placeFile, { ...window.getNormalBounds(), maximised: window.isMaximized() });
    } catch (error) {
      // A full disk forgets the place, and does not keep the window open.
      reportBug("window-place", error);
    }
  });
  const followTheme = (): void => window.setBackgroundColor(groundNow());
  nativeTheme.on("updated", followTheme);
  window.on("closed", () => nativeTheme.off("updated", followTheme));
  window.loadURL(`${appOrigin}/index.html`).catch((error: unknown) => {
    // Closed while it was loading is no failure. The load ends before the window is destroyed.
    if (!isClosing && !window.isDestroyed()) options.onFailed(error);
  });
  return window;
}

const groundNow = (): string => (nativeTheme.shouldUseDarkColors ? ground.dark : ground.light);
