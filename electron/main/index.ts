import { app, dialog } from "electron";
import { dropDangerousEnvironment, exitRefusedSwitch, refusedSwitch } from "./allowed-switches.ts";
import { registerAppScheme } from "./app-protocol.ts";
import { quietChromium } from "./chromium-quiet.ts";
import { compose, type Application } from "./compose.ts";
import { reportBug } from "../process/log.ts";
import { findPlaces } from "./places.ts";
import { untilDriven } from "./test-driver.ts";
import { failStart, start, type StartDeps } from "./start.ts";
import { languageFor, menuWords } from "./words.ts";

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

  let application: Application | null = null;
  let isClosed = false;
  app.on("second-instance", () => application?.showWindow());
  app.on("activate", () => application?.showWindow());
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
  application = compose(places, (error) => failStart(error, startDeps));
  application.showWindow();
}

const startDeps: StartDeps = {
  showError: (title, text) => dialog.showErrorBox(title, text),
  exit: (code) => app.exit(code),
  words: () => menuWords[languageFor("system", app.getLocale())],
};

process.on("uncaughtException", (error) => reportBug("uncaught", error));
process.on("unhandledRejection", (error) => reportBug("unhandled", error));
void start(begin, startDeps);
