import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/** Every file that is read when `entry` is, by its static imports of values; packages by their name. */
function readWith(entry: string, seen = new Set<string>()): Set<string> {
  seen.add(entry);
  const source = readFileSync(entry, "utf8");
  for (const [, names, from] of source.matchAll(/^(?:im|ex)port\s+((?:[^"';]*?)\s+from\s+)?"([^"]+)";/gms)) {
    if (from === undefined || isTypesOnly(names)) continue;
    if (!from.startsWith(".")) seen.add(from);
    else if (!seen.has(join(dirname(entry), from))) readWith(join(dirname(entry), from), seen);
  }
  return seen;
}

/** `import type …`, or braces in which each name is a type. */
function isTypesOnly(names: string | undefined): boolean {
  if (names === undefined) return false;
  const inner = /\{(.*)\}/s.exec(names)?.[1];
  const each = inner
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return names.startsWith("type ") || (each?.every((name) => name.startsWith("type ")) ?? false);
}

test("the window waits for nothing that it does not need", () => {
  const root = join(import.meta.dirname, "../..");
  const all = [...readWith(join(import.meta.dirname, "index.ts"))];
  const packages = all.filter((one) => !one.startsWith("/") && !one.startsWith("node:"));
  expect(packages).toEqual(["electron"]);
  const outside = all.filter((one) => one.startsWith("/")).map((one) => relative(root, one));
  expect(outside.filter((one) => one.startsWith("core/")).sort()).toEqual([
    "core/contract/address-reach.ts",
    "core/store/safe-json.ts",
  ]);
});
