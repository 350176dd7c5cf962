import "./app/reset.css";
import "./app/mantine-styles.ts";
import "./app/tokens.css";
import "./app/base.css";
import "./shell.css";
import "./features/suggest/suggest.css";
import { askAhead } from "./app/ask-ahead.ts";
import { keepEarlyActs } from "./app/early-acts.ts";
import { holdEvents } from "./app/hold-events.ts";
import { installTrustedTypes } from "./app/trusted-types.ts";

/*
 * What must be so before anything else of the window runs, hence the import at the end: the policy for
 * inner HTML, and zod told not to try `new Function`, which the page's content policy forbids and reports.
 */
const doEarlyActs = keepEarlyActs(window);
installTrustedTypes();
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };
const events = holdEvents(window.qwill);
void begin();

// No await at the top: what is imported there may stand in a chunk that imports this one.
async function begin(): Promise<void> {
  await painted();
  // The first question has main read the rest of itself; it answers while the rest of the window's code is read.
  const bridge = askAhead(events.bridge, ["settings.get", "app.info"]);
  const { openWindow } = await import("./main.tsx");
  await openWindow(bridge, events.release, doEarlyActs);
}

/** Lets what the page came with be painted first: reading the rest of the code takes longer than that. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    // A window that nobody sees paints nothing.
    setTimeout(resolve, 100);
  });
}
