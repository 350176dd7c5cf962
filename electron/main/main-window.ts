import type { BrowserWindow } from "electron";

/** The one window, or none. */
export interface MainWindow {
  readonly current: () => BrowserWindow | null;
  /** Opens it, or brings it to the front. */
  show(): void;
  /** Resolves once its page is painted for the first time: what can wait so long competes with nothing before it. */
  readonly pageShown: Promise<void>;
}

/** Milliseconds to the first painting of a page that is read; one that has nothing to paint yet takes as long. */
const longestPainting = 150;

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
      window.once("ready-to-show", tellShown);
      // A page that comes empty is painted only once it was answered.
      window.webContents.once("dom-ready", () => setTimeout(tellShown, longestPainting));
      window.on("closed", () => (window = null));
    },
    pageShown,
  };
}
