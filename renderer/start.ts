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

// The policy for inner HTML must be there before anything else of the window runs, hence the import at the end.
const doEarlyActs = keepEarlyActs(window);
installTrustedTypes();
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

/** Lets what the page came with be on the screen first: reading the rest of the code takes longer than that. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    new PerformanceObserver((_entries, observer) => {
      observer.disconnect();
      resolve();
    }).observe({ type: "paint", buffered: true });
    // A window that nobody sees paints nothing.
    setTimeout(resolve, 150);
  });
}
