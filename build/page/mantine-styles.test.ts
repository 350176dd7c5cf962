import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

const renderer = join(import.meta.dirname, "../../renderer");
const mantine = join(renderer, "../node_modules/@mantine/core");

/** Names of all that the window imports from Mantine. */
function usedNames(): Set<string> {
  const names = new Set<string>();
  for (const file of globSync("**/*.{ts,tsx}", { cwd: renderer })) {
    const source = readFileSync(join(renderer, file), "utf8");
    for (const [, list = ""] of source.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g))
      for (const name of list.split(",")) names.add(name.trim());
  }
  return names;
}

/** Style sheets of a component and of all it is made of. */
function sheetsOf(file: string, sheets: Set<string>, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  for (const [, from = ""] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g)) {
    if (from.endsWith(".module.mjs")) sheets.add(basename(from, ".module.mjs"));
    else sheetsOf(join(dirname(file), from), sheets, seen);
  }
}

test("every control that the window shows has its style", () => {
  const needed = new Set<string>();
  const seen = new Set<string>();
  for (const name of usedNames()) {
    const file = join(mantine, "esm/components", name, `${name}.mjs`);
    if (existsSync(file)) sheetsOf(file, needed, seen);
  }
  expect(needed.size).toBeGreaterThan(20);
  const source = readFileSync(join(renderer, "app/mantine-styles.ts"), "utf8");
  const there = [...source.matchAll(/styles\/(\w+)\.layer\.css/g)].map(([, name]) => name);
  expect([...needed].filter((name) => !there.includes(name))).toEqual([]);
});
