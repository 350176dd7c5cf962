import type { BrowserWindow } from "electron";

/** The one window, or none. */
export interface MainWindow {
  readonly current: () => BrowserWindow | null;
  /** Opens it, or brings it to the front. */
  show(): void;
  /** Resolves once a page of it is read and drawn for the first time: what can wait so long competes with neither. */
  readonly pageShown: Promise<void>;
}

/** `open` makes a new one where there is none. */
export function makeMainWindow(open: () => BrowserWindow): MainWindow {
  let window: BrowserWindow | null = null;
  let tellShown: () => void;
  const pageShown = new Promise<void>((resolve) => (tellShown = resolve));
  return {
    current: () => window,
    show: () => {
      if (window !== null) {
        if (window.isMinimized()) window.restore();
        return window.focus();
      }
      window = open();
      window.webContents.once("dom-ready", tellShown);
      window.on("closed", () => (window = null));
    },
    pageShown,
  };
}
