import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const source = readFileSync(join(import.meta.dirname, "index.ts"), "utf8");

test("gives the page exactly three functions, under one name", () => {
  expect(source.match(/exposeInMainWorld\(/g)).toHaveLength(1);
  expect(source).toContain('exposeInMainWorld("qwill", bridge)');
  const bridge = source.slice(source.indexOf("const bridge"), source.indexOf("\n};"));
  expect([...bridge.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1])).toEqual(["request", "stream", "on"]);
});

test("never hands ipcRenderer, or an Electron event, to the page", () => {
  expect(source).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
  expect(source).not.toMatch(/listener\(_?event/);
});
