import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import type { Bridge } from "../core/contract/routes.ts";
import { makeSuggestSession } from "./features/suggest/session.ts";
import { makeIpc } from "./app/ipc.ts";
import { Application } from "./application.tsx";
import { ErrorBoundary } from "./app/error-boundary.tsx";
import { makeI18n } from "./app/i18n.ts";
import { followEvents } from "./app/live-queries.ts";
import { makeWindowState } from "./app/navigation.ts";
import { makeQueryClient } from "./app/query-client.ts";
import { routeKey } from "./app/routes.ts";

/** Draws the window once what must not flash, language and theme, is known. */
export async function openWindow(bridge: Bridge): Promise<void> {
  const ipc = makeIpc(bridge);
  const client = makeQueryClient();
  followEvents(ipc, client);
  const [settings, info, vault] = await Promise.all([
    ipc.call("settings.get"),
    ipc.call("app.info"),
    ipc.call("vault.status"),
  ]);
  client.setQueryData(routeKey("settings.get"), settings);
  client.setQueryData(routeKey("app.info"), info);
  client.setQueryData(routeKey("vault.status"), vault);
  const language = settings.language === "system" ? info.language : settings.language;
  const root = document.querySelector("#root");
  if (!root) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <Application
          ipc={ipc}
          client={client}
          i18n={makeI18n(language)}
          windowState={makeWindowState()}
          session={makeSuggestSession(ipc, () => crypto.randomUUID())}
          isMac={info.platform === "darwin"}
        />
      </ErrorBoundary>
    </StrictMode>,
  );
}
