import { MantineProvider, type MantineColorSchemeManager } from "@mantine/core";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import type { i18n } from "i18next";
import { lazy, StrictMode, Suspense, useEffect, useMemo, useState } from "react";
import { I18nextProvider, useTranslation } from "react-i18next";
import { VaultScreen } from "./features/onboarding/vault-screen.tsx";
import { SessionContext } from "./features/suggest/session-context.ts";
import type { SuggestSession } from "./features/suggest/session.ts";
import type { Ipc } from "./app/ipc.ts";
import { MessageStack } from "./ui/message-stack.tsx";
import { makeRunner } from "./app/command-runner.ts";
import { DeskContext, type Desk } from "./app/context.tsx";
import { goTo, type WindowObservable } from "./app/navigation.ts";
import { AlertStack } from "./app/alert-stack.tsx";
import { ErrorBoundary } from "./app/error-boundary.tsx";
import { changeLanguage } from "./app/i18n.ts";
import { useRoute } from "./app/routes.ts";
import { Shell } from "./shell.tsx";
import { cssVariables, theme } from "./app/theme.ts";

const FirstRun = lazy(async () => ({
  default: (await import("./features/onboarding/first-run.tsx")).FirstRun,
}));

/** The theme is a setting of the application; nothing about it is kept by the page. */
const noColorSchemeStore: MantineColorSchemeManager = {
  get: (otherwise) => otherwise,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

interface ApplicationProps {
  readonly ipc: Ipc;
  readonly client: QueryClient;
  readonly i18n: i18n;
  readonly windowState: WindowObservable;
  readonly session: SuggestSession;
  readonly isMac: boolean;
  /** Told once it is drawn and answers to what a person does. */
  readonly onDrawn?: () => void;
}

/** The whole window: what stands in the page's root. */
export function WholeWindow(props: ApplicationProps) {
  return (
    <StrictMode>
      <ErrorBoundary>
        <Application {...props} />
      </ErrorBoundary>
    </StrictMode>
  );
}

/** Everything around the screens: data, language, theme, and what a screen may reach. */
function Application({ ipc, client, i18n, windowState, session, isMac, onDrawn }: ApplicationProps) {
  useEffect(() => onDrawn?.(), [onDrawn]);
  const desk = useMemo<Desk>(() => {
    const ofScreens = {
      "new-suggestion": () => {
        session.clear();
        windowState.set((state) => goTo(state, { screen: "suggest" }));
      },
      cancel: () => void session.cancel(),
    };
    return { ipc, windowState, isMac, ...makeRunner({ ipc, client, windowState, i18n, ofScreens }) };
  }, [ipc, client, i18n, windowState, session, isMac]);
  return (
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={i18n}>
        <DeskContext value={desk}>
          <SessionContext value={session}>
            <Themed />
          </SessionContext>
        </DeskContext>
      </I18nextProvider>
    </QueryClientProvider>
  );
}

function Themed() {
  const { i18n } = useTranslation();
  const settings = useRoute("settings.get").data;
  const info = useRoute("app.info").data;
  const language = settings?.language === "system" ? info?.language : settings?.language;
  useEffect(() => {
    if (!language) return;
    document.documentElement.lang = language;
    if (i18n.language !== language) void changeLanguage(i18n, language);
  }, [i18n, language]);
  const forced = settings && settings.theme !== "system" ? { forceColorScheme: settings.theme } : {};
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={noColorSchemeStore}
      defaultColorScheme="auto"
      {...forced}
    >
      <AlertStack />
      <Screen />
      <MessageStack />
    </MantineProvider>
  );
}

function Screen() {
  const settings = useRoute("settings.get").data;
  const vault = useRoute("vault.status").data;
  // A library that could not be opened keeps its screen while it is tried again.
  const [wasClosed, setWasClosed] = useState(false);
  const isClosed = vault?.state === "locked" || vault?.state === "needs-choice";
  if (isClosed && !wasClosed) setWasClosed(true);
  if (vault?.state === "open" && wasClosed) setWasClosed(false);
  if (!settings || !vault) return null;
  if (!settings.firstRunDone && (vault.state === "open" || vault.state === "needs-choice")) {
    return (
      <Suspense>
        <FirstRun />
      </Suspense>
    );
  }
  // What is asked of a library that opens is answered once it is open: nobody waits for it to begin writing.
  if (vault.state === "open" || (vault.state === "opening" && !wasClosed)) return <Shell />;
  return <VaultScreen status={vault} />;
}
