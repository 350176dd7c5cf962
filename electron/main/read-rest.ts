import { setImmediate as turn } from "node:timers/promises";
import type { compose } from "./compose.ts";

/**
 * Reads what main needs once its window is open: in parts, with a turn between them in which the window is served.
 * Read at once, it would hold up what is pressed in that moment by all of it.
 */
export async function readRest(): Promise<{ readonly compose: typeof compose }> {
  await import("../../core/contract/routes.ts");
  await turn();
  await import("../../core/suggest/suggest.ts");
  await turn();
  await import("../../core/compose/compose-qwill.ts");
  await turn();
  return import("./compose.ts");
}
