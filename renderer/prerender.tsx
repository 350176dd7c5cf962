import { renderToString } from "react-dom/server";
import type { Bridge } from "../core/contract/routes.ts";
import { catalogues, makeI18n, type Language } from "./app/i18n.ts";
import { makeIpc } from "./app/ipc.ts";
import { makeWindowState } from "./app/navigation.ts";
import { makeQueryClient } from "./app/query-client.ts";
import { WholeWindow } from "./application.tsx";
import { makeSuggestSession } from "./features/suggest/session.ts";
import { drawAsFirst, rootId } from "./first-picture.ts";

/** A page that comes with the desk drawn. */
export interface DrawnPage {
  /** File name; main chooses by it (`electron/main/front-page.ts`). */
  readonly name: string;
  readonly html: string;
}

/**
 * The empty page with the desk drawn into it, as it is before anything was answered: one page for each language, theme
 * and kind of keyboard. Runs when the window is built; nothing of a person is in it.
 */
export async function prerender(emptyPage: string): Promise<DrawnPage[]> {
  const pages: DrawnPage[] = [];
  for (const language of Object.keys(catalogues) as Language[]) {
    for (const keyboard of ["mac", "other"] as const) {
      const desk = await drawDesk(language, keyboard === "mac");
      for (const scheme of ["light", "dark"] as const) {
        const attributes = `lang="${language}" data-drawn-for="${keyboard}" data-mantine-color-scheme="${scheme}"`;
        pages.push({
          name: `desk.${language}.${keyboard}.${scheme}.html`,
          html: emptyPage
            .replace(/<html[^>]*>/, `<html ${attributes}>`)
            .replace(`<div id="${rootId}"></div>`, () => `<div id="${rootId}">${desk}</div>`),
        });
      }
    }
  }
  return pages;
}

async function drawDesk(language: Language, isMac: boolean): Promise<string> {
  const ipc = makeIpc(silentBridge);
  const client = makeQueryClient();
  drawAsFirst(client, { language, isMac });
  const i18n = makeI18n(language, await catalogues[language]());
  const session = makeSuggestSession(ipc, () => "");
  return renderToString(
    <WholeWindow {...{ ipc, client, i18n, session, isMac, windowState: makeWindowState() }} />,
  );
}

/** Nothing is asked while it is drawn. */
const silentBridge: Bridge = {
  request: () => new Promise(() => undefined),
  stream: () => () => undefined,
  on: () => () => undefined,
};
