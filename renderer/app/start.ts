import "./reset.css";
import "@mantine/core/styles.layer.css";
import "./tokens.css";
import "./base.css";
import "./shell.css";
import { installTrustedTypes } from "./trusted-types.ts";

/*
 * What must be so before anything else of the window runs, hence the import at the end: the policy for
 * inner HTML, and zod told not to try `new Function`, which the page's content policy forbids and reports.
 */
installTrustedTypes();
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };
await import("./main.tsx");
