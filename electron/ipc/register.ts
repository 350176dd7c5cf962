import {
  BrowserWindow,
  ipcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type WebContents,
} from "electron";
import {
  events,
  type EventName,
  type EventPayload,
  type StreamHandlers,
} from "../../core/contract/routes.ts";
import { channels } from "../preload/channels.ts";
import type { ReportBug, Router } from "./router.ts";
import type { Sender } from "./sender.ts";
import { makePageStreams, type PageStreams } from "./streams.ts";

/** Connects router and streams to Electron's channels. */
export function registerIpc(router: Router, streamHandlers: StreamHandlers, reportBug: ReportBug): void {
  const pages = new Map<number, { streams: PageStreams; requests: AbortController }>();

  function pageOf(contents: WebContents): { streams: PageStreams; requests: AbortController } {
    const known = pages.get(contents.id);
    if (known !== undefined) return known;
    const streams = makePageStreams(
      streamHandlers,
      (id, message) => {
        if (!contents.isDestroyed()) contents.send(channels.stream, id, message);
      },
      reportBug,
    );
    const page = { streams, requests: new AbortController() };
    pages.set(contents.id, page);
    // A closed, crashed, reloaded or navigated page has nobody left to read.
    const leave = (): void => {
      page.streams.cancelAll();
      page.requests.abort(new DOMException("The page went away.", "AbortError"));
      page.requests = new AbortController();
    };
    contents.on("destroyed", () => {
      leave();
      pages.delete(contents.id);
    });
    contents.on("render-process-gone", leave);
    contents.on("did-start-navigation", (details) => {
      if (details.isMainFrame && !details.isSameDocument) leave();
    });
    return page;
  }

  ipcMain.handle(channels.request, (event, route: unknown, input: unknown) =>
    router.dispatch(senderOf(event), route, input, pageOf(event.sender).requests.signal),
  );
  ipcMain.on(channels.streamOpen, (event, id: unknown, route: unknown, input: unknown) => {
    void pageOf(event.sender).streams.open(senderOf(event), id, route, input);
  });
  ipcMain.on(channels.streamCancel, (event, id: unknown) => {
    pageOf(event.sender).streams.cancel(id);
  });
}

/** Tells every window; the payload is checked like a reply is. */
export function broadcast<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
  const parsed: unknown = events[name].parse(payload);
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.webContents.isDestroyed()) window.webContents.send(channels.event, name, parsed);
  }
}

function senderOf(event: IpcMainEvent | IpcMainInvokeEvent): Sender {
  const frame = event.senderFrame;
  if (frame === null) return { isTopFrame: false, url: null };
  return { isTopFrame: frame.parent === null && frame === event.sender.mainFrame, url: frame.url };
}
