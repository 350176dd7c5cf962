import { createRoot, hydrateRoot } from "react-dom/client";
import type { Bridge } from "../core/contract/routes.ts";
import { keepFirstAnswers } from "./app/first-answers.ts";
import { catalogues, makeI18n } from "./app/i18n.ts";
import { makeIpc } from "./app/ipc.ts";
import { followEvents } from "./app/live-queries.ts";
import { makeWindowState } from "./app/navigation.ts";
import { makeQueryClient } from "./app/query-client.ts";
import { WholeWindow } from "./application.tsx";
import { makeSuggestSession } from "./features/suggest/session.ts";
import { drawAsFirst, firstPictureOf, rootId, type FirstPicture } from "./first-picture.ts";

/**
 * Draws the window, or takes over the desk that the page came with. `releaseEvents`: they may come, what follows them is
 * there; `onTaken`: the window answers to what a person does.
 */
export async function openWindow(
  bridge: Bridge,
  releaseEvents: () => void,
  onTaken: () => void,
): Promise<void> {
  const picture = firstPictureOf(document);
  if (picture === null) await draw(bridge, releaseEvents);
  else await takeOver(bridge, picture, releaseEvents);
  onTaken();
}

/** Draws the window once what must not flash, language and theme, is known. */
async function draw(bridge: Bridge, releaseEvents: () => void): Promise<void> {
  const { ipc, client, ...own } = makeParts(bridge);
  followEvents(ipc, client);
  const { settings, info } = await keepFirstAnswers(ipc, client, releaseEvents);
  const language = settings.language === "system" ? info.language : settings.language;
  const i18n = makeI18n(language, await catalogues[language]());
  const isMac = info.platform.startsWith("darwin");
  createRoot(rootOf(document)).render(<WholeWindow {...{ ipc, client, ...own, i18n, isMac }} />);
}

/**
 * Takes over what is drawn: the same parts with the same data, so that nothing moves and what was typed stays. What main
 * answers comes after.
 */
async function takeOver(bridge: Bridge, picture: FirstPicture, releaseEvents: () => void): Promise<void> {
  const { ipc, client, ...own } = makeParts(bridge);
  drawAsFirst(client, picture);
  const i18n = makeI18n(picture.language, await catalogues[picture.language]());
  await new Promise<void>((onDrawn) => {
    const parts = { ipc, client, ...own, i18n, isMac: picture.isMac, onDrawn };
    hydrateRoot(rootOf(document), <WholeWindow {...parts} />);
  });
  followEvents(ipc, client);
  void keepFirstAnswers(ipc, client, releaseEvents);
}

function makeParts(bridge: Bridge) {
  const ipc = makeIpc(bridge);
  return {
    ipc,
    client: makeQueryClient(),
    windowState: makeWindowState(),
    session: makeSuggestSession(ipc, () => crypto.randomUUID()),
  };
}

function rootOf(page: Document): Element {
  const root = page.querySelector(`#${rootId}`);
  if (!root) throw new Error(`index.html has no #${rootId}`);
  return root;
}
