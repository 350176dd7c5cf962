import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPlainFile, pathFor } from "./app-files.ts";

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "qwill-files-"));
  folder = join(root, "window");
  mkdirSync(join(folder, "assets"), { recursive: true });
  mkdirSync(join(root, "window-secrets"));
  for (const name of ["window/index.html", "window/assets/a b.js", "window-secrets/key", "secret"]) {
    writeFileSync(join(root, name), name);
  }
  symlinkSync(join(root, "secret"), join(folder, "link.html"));
  symlinkSync(join(root, "window-secrets"), join(folder, "linked"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the page's protocol", () => {
  test("serves the application's own files", async () => {
    expect(pathFor("app://qwill/", folder)).toBe(join(folder, "index.html"));
    expect(pathFor("app://qwill/index.html?x#y", folder)).toBe(join(folder, "index.html"));
    const script = pathFor("app://qwill/assets/a%20b.js", folder);
    expect(script).toBe(join(folder, "assets/a b.js"));
    expect(await isPlainFile(script ?? "", folder)).toBe(true);
  });

  test.each([
    "app://qwill/../secret",
    "app://qwill/..%2fsecret",
    "app://qwill/%2e%2e/secret",
    "app://qwill/..%2fwindow-secrets%2fkey",
    "app://qwill/assets/..%2f..%2f..%2fsecret",
    "app://qwill/..%5csecret",
    "app://qwill/index.html%00.js",
    "app://qwill/%ff",
    "app://other/index.html",
    "app://qwill@other/index.html",
    "app://qwill:1/index.html",
    "file:///etc/passwd",
    "https://qwill/index.html",
    "nonsense",
  ])("has no file for %s outside its folder", async (url) => {
    const path = pathFor(url, folder);
    expect(path !== null && (await isPlainFile(path, folder))).toBe(false);
  });

  test.each(["link.html", "linked/key", "missing.html", "assets", "index.html/x"])(
    "does not serve %s",
    async (name) => {
      expect(await isPlainFile(join(folder, name), folder)).toBe(false);
    },
  );
});
