import type { BrowserWindow } from "electron";

/** The one window, or none. */
export interface MainWindow {
  readonly current: () => BrowserWindow | null;
  /** Opens it, or brings it to the front. */
  show(): void;
}

/** `open` makes a new one where there is none. */
export function makeMainWindow(open: () => BrowserWindow): MainWindow {
  let window: BrowserWindow | null = null;
  return {
    current: () => window,
    show: () => {
      if (window !== null) {
        if (window.isMinimized()) window.restore();
        return window.focus();
      }
      window = open();
      window.on("closed", () => (window = null));
    },
  };
}
