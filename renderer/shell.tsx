import { lazy, Suspense, useEffect } from "react";
import { assertNever } from "../core/contract/errors.ts";
import { SuggestScreen } from "./features/suggest/suggest-screen.tsx";
import { commandForPress } from "./app/commands.ts";
import { useDesk, useWindowState } from "./app/context.tsx";
import type { Place } from "./app/navigation.ts";
import { Palette } from "./app/palette.tsx";
import { Rail } from "./app/rail.tsx";

const LibraryScreen = lazy(async () => ({
  default: (await import("./features/library/library-screen.tsx")).LibraryScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import("./features/settings/settings-screen.tsx")).SettingsScreen,
}));
const PrivacyScreen = lazy(async () => ({
  default: (await import("./features/privacy/privacy-screen.tsx")).PrivacyScreen,
}));
const CostsScreen = lazy(async () => ({
  default: (await import("./features/costs/costs-screen.tsx")).CostsScreen,
}));
const FineTuneScreen = lazy(async () => ({
  default: (await import("./features/fine-tune/fine-tune-screen.tsx")).FineTuneScreen,
}));
const ShortcutsPage = lazy(async () => ({
  default: (await import("./app/shortcuts-page.tsx")).ShortcutsPage,
}));

/** What is open over the page takes Escape before the page does. */
const floating = '[role="dialog"], [role="menu"], [role="listbox"]';
/** A choice keeps its closed list in the page, out of sight. */
const isFloatOpen = () =>
  [...document.querySelectorAll(floating)].some((element) => element.checkVisibility());

/** The desk: rail, screen, palette; keys and native menu run the same commands. */
export function Shell() {
  const { ipc, run, isMac } = useDesk();
  useEffect(() => ipc.on("command-invoked", ({ command }) => run(command)), [ipc, run]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandForPress(event, isMac);
      if (!command) return;
      if (command === "cancel" && isFloatOpen()) return;
      event.preventDefault();
      run(command);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [run, isMac]);
  return (
    <div className="shell">
      <Rail />
      <CurrentScreen />
      <Palette />
    </div>
  );
}

/** Home comes with the window: what is drawn of it ahead is taken over as it is. The other screens come when opened. */
function CurrentScreen() {
  const place = useWindowState((state) => state.place);
  if (place.screen === "suggest") return <SuggestScreen />;
  return (
    <Suspense fallback={<main className="screen" />}>
      <OpenedScreen place={place} />
    </Suspense>
  );
}

function OpenedScreen({ place }: { readonly place: Exclude<Place, { screen: "suggest" }> }) {
  switch (place.screen) {
    case "library":
      return <LibraryScreen place={place} />;
    case "settings":
      return <SettingsScreen group={place.group} />;
    case "privacy":
      return <PrivacyScreen />;
    case "costs":
      return <CostsScreen />;
    case "fine-tune":
      return <FineTuneScreen />;
    case "shortcuts":
      return <ShortcutsPage />;
    default:
      return assertNever(place);
  }
}
