import { join } from "node:path";
import { app, dialog, nativeTheme, type Session } from "electron";
import { registerIpc } from "../ipc/register.ts";
import { reportBug } from "../process/log.ts";
import { dropDangerousEnvironment, exitRefusedSwitch, refusedSwitch } from "./allowed-switches.ts";
import { registerAppScheme } from "./app-protocol.ts";
import { quietChromium } from "./chromium-quiet.ts";
import type { Application } from "./compose.ts";
import { readFirstLook, type FirstLook } from "./first-look.ts";
import { frontPage } from "./front-page.ts";
import { hardenEveryPage } from "./hardening.ts";
import { makeMainWindow } from "./main-window.ts";
import { hardenEverySession, makePageSession } from "./page-session.ts";
import { findPlaces } from "./places.ts";
import { readRest } from "./read-rest.ts";
import { untilDriven } from "./test-driver.ts";
import { failStart, start, type StartDeps } from "./start.ts";
import { openMainWindow } from "./windows.ts";
import { languageFor, nativeTexts } from "./native-texts.ts";

/*
 * What is imported here is read before the window opens; everything else comes with `compose.ts`, with the page's
 * first question. A test holds how much that may be.
 */

async function begin(): Promise<void> {
  const isPackage = app.getAppPath().endsWith(".asar");
  const refused = isPackage ? refusedSwitch(process.argv.slice(1)) : null;
  if (refused !== null) {
    process.stderr.write(`qwill: refused to start with ${refused}\n`);
    return app.exit(exitRefusedSwitch);
  }
  if (isPackage) dropDangerousEnvironment(process.env);
  const places = findPlaces(process.env);
  if (!app.requestSingleInstanceLock()) return app.exit(0);

  app.setAppUserModelId("app.qwill");
  // Chromium refuses its sandbox to root: a checkout on a build machine starts with --no-sandbox, a package never.
  if (places.isShipped || !app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
  quietChromium(app.commandLine);
  registerAppScheme();
  hardenEverySession();

  let application: Application | null = null;
  let isClosed = false;
  const lookNow = (): FirstLook => readFirstLook(join(places.data, "settings.json"), app.getLocale());
  const frontNow = (): string =>
    frontPage(lookNow(), { isDark: nativeTheme.shouldUseDarkColors, platform: process.platform });
  let pageSession: Session | null = null;
  const window = makeMainWindow(() =>
    openMainWindow({
      session: (pageSession ??= makePageSession(places.window, frontNow)),
      preload: places.preload,
      dataFolder: places.data,
      onFailed: (error) => failStart(error, startDeps),
    }),
  );
  app.on("second-instance", () => window.show());
  app.on("activate", () => window.show());
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("before-quit", (event) => {
    if (application !== null && !application.mayQuit()) event.preventDefault();
  });
  app.on("will-quit", (event) => {
    if (application === null || isClosed) return;
    event.preventDefault();
    const leave = (): void => {
      isClosed = true;
      // A quit asked for while this one is being refused would be forgotten.
      setImmediate(() => app.quit());
    };
    application.close().then(leave, (error: unknown) => {
      reportBug("close", error);
      leave();
    });
  });
  await app.whenReady();
  await untilDriven(process.env, places.isShipped);
  nativeTheme.themeSource = lookNow().theme;
  let composing: Promise<Application> | null = null;
  // The page's first question comes once it is painted: reading the rest competes with nothing before that.
  const composed = (): Promise<Application> =>
    (composing ??= readRest().then(({ compose }) => (application = compose(places, window))));
  registerIpc(() =>
    composed().then(
      ({ answers }) => answers,
      (error: unknown) => {
        failStart(error, startDeps);
        throw error;
      },
    ),
  );
  hardenEveryPage((url) => void composed().then(({ openExternal }) => openExternal(url)));
  window.show();
}

const startDeps: StartDeps = {
  showError: (title, text) => dialog.showErrorBox(title, text),
  exit: (code) => app.exit(code),
  words: () => nativeTexts[languageFor("system", app.getLocale())],
};

process.on("uncaughtException", (error) => reportBug("uncaught", error));
process.on("unhandledRejection", (error) => reportBug("unhandled", error));
void start(begin, startDeps);
