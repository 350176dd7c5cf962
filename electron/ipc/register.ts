import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from "electron";
import { channels } from "../preload/channels.ts";
import type { Router } from "./router.ts";
import type { Sender } from "./sender.ts";
import type { PageStreams, SendToPage } from "./streams.ts";

/** What answers a page's requests and runs its streams. */
export interface Answers {
  readonly router: Router;
  readonly makeStreams: (send: SendToPage) => PageStreams;
}

interface Page {
  readonly streams: Promise<PageStreams>;
  requests: AbortController;
}

/**
 * Connects Electron's channels with what answers them, which is called for when the page first asks: its messages wait,
 * and are handed on in their order. Imports no schema, since it runs before the window is opened.
 */
export function registerIpc(answers: () => Promise<Answers>): void {
  const pages = new Map<number, Page>();

  function pageOf(contents: WebContents): Page {
    const known = pages.get(contents.id);
    if (known !== undefined) return known;
    const send: SendToPage = (id, message) => {
      if (!contents.isDestroyed()) contents.send(channels.stream, id, message);
    };
    const page: Page = {
      streams: answers().then(({ makeStreams }) => makeStreams(send)),
      requests: new AbortController(),
    };
    pages.set(contents.id, page);
    // A closed, crashed, reloaded or navigated page has nobody left to read.
    const leave = (): void => {
      withStreams(page, (streams) => streams.cancelAll());
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

  ipcMain.handle(channels.request, async (event, route: unknown, input: unknown) => {
    const sender = senderOf(event);
    const { signal } = pageOf(event.sender).requests;
    return (await answers()).router.dispatch(sender, route, input, signal);
  });
  ipcMain.on(channels.streamOpen, (event, id: unknown, route: unknown, input: unknown) => {
    const sender = senderOf(event);
    withStreams(pageOf(event.sender), (streams) => void streams.open(sender, id, route, input));
  });
  ipcMain.on(channels.streamCancel, (event, id: unknown) => {
    withStreams(pageOf(event.sender), (streams) => streams.cancel(id));
  });
}

function withStreams(page: Page, act: (streams: PageStreams) => void): void {
  // Where nothing will ever answer, the start has failed and tells of it.
  page.streams.then(act, () => undefined);
}

/** Who sent it, as of now: a frame may be gone by the time it is answered. */
function senderOf(event: IpcMainEvent | IpcMainInvokeEvent): Sender {
  const frame = event.senderFrame;
  if (frame === null) return { isTopFrame: false, url: null };
  return { isTopFrame: frame.parent === null && frame === event.sender.mainFrame, url: frame.url };
}
