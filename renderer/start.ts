import "./app/reset.css";
import "@mantine/core/styles.layer.css";
import "./app/tokens.css";
import "./app/base.css";
import "./shell.css";
import { askAhead } from "./app/ask-ahead.ts";
import { installTrustedTypes } from "./app/trusted-types.ts";

/*
 * What must be so before anything else of the window runs, hence the import at the end: the policy for
 * inner HTML, and zod told not to try `new Function`, which the page's content policy forbids and reports.
 */
installTrustedTypes();
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };
// Main answers while the rest of the window's code is read.
const bridge = askAhead(window.qwill, ["settings.get", "app.info"]);
const { openWindow } = await import("./main.tsx");
await openWindow(bridge);
