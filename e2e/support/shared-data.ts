import { existsSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const folder = process.env["QWILL_SHARED"] ?? resolve(root, "../shared");

/** A folder of the test data that is kept beside the checkout, or null where it is not there. */
export function sharedData(name: string): string | null {
  const path = resolve(folder, "data", name);
  return existsSync(path) ? path : null;
}
