import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultSettings } from "../contract/default-settings.ts";
import { openSettings } from "./settings-file.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qwill-settings-"));
  path = join(folder, "settings.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the settings file", () => {
  test("begins with the defaults and writes nothing until something is set", () => {
    expect(openSettings(path).current()).toEqual(defaultSettings);
    expect(existsSync(path)).toBe(false);
  });

  test("keeps what was set, for the next start too, and tells listeners once", () => {
    const settings = openSettings(path);
    const heard: string[] = [];
    settings.onChange((next, before) => heard.push(`${before.theme}>${next.theme}`));
    settings.update({ theme: "dark" });
    expect(heard).toEqual(["system>dark"]);
    expect(openSettings(path).current()).toEqual({ ...defaultSettings, theme: "dark" });
  });

  test("one bad value costs its own default only, and unknown keys are not kept", () => {
    writeFileSync(path, JSON.stringify({ theme: "dark", passageLimit: 999, stranger: 1 }));
    const settings = openSettings(path);
    expect(settings.current()).toEqual({ ...defaultSettings, theme: "dark" });
    settings.update({ language: "zh-CN" });
    expect(JSON.parse(readFileSync(path, "utf8"))).not.toHaveProperty("stranger");
  });

  test.each([
    [
      "a budget of a newer Qwill",
      "budget",
      { warnAt: null, stopAt: 5, currency: "USD", rates: [], per: "week" },
    ],
    ["a budget with a figure as text", "budget", { warnAt: null, stopAt: "5", currency: "USD" }],
    ["tiers of a newer Qwill", "tiers", { standard: "qwen", "high-quality": null, private: null, team: "x" }],
    ["a language model that is no name", "generationModel", { id: "qwen" }],
  ] as const)("%s never becomes none at all, and no save writes over it", (_name, key, value) => {
    writeFileSync(path, JSON.stringify({ [key]: value }));
    openSettings(path).update({ theme: "dark" });
    const settings = openSettings(path);
    expect(settings.unreadable()).toEqual([key]);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ [key]: value, theme: "dark" });
    settings.update({ [key]: defaultSettings[key] });
    expect(settings.unreadable()).toEqual([]);
    expect(openSettings(path).unreadable()).toEqual([]);
  });

  test("a budget that went with a damaged file is missed until one is set, also by the next start", () => {
    writeFileSync(path, "{");
    expect(openSettings(path).unreadable()).toEqual(["budget"]);
    writeFileSync(path, "{");
    openSettings(path).update({ theme: "dark" });
    const settings = openSettings(path);
    expect(settings.unreadable()).toEqual(["budget"]);
    settings.update({ budget: defaultSettings.budget });
    expect(openSettings(path).unreadable()).toEqual([]);
  });

  test("a folder in the file's place keeps nobody from starting", () => {
    mkdirSync(path);
    const settings = openSettings(path);
    expect(settings.unreadable()).toEqual(["budget"]);
    settings.update({ theme: "dark" });
    expect(openSettings(path).current().theme).toBe("dark");
  });

  test.each(["{", "[]", "null", "3"])("a file that holds %s is set aside, not lost", (text) => {
    writeFileSync(path, text);
    const settings = openSettings(path);
    expect(settings.current()).toEqual(defaultSettings);
    expect(readFileSync(settings.setAside ?? "", "utf8")).toBe(text);
  });

  test("a folder in its place is set aside, and what is set from then on is kept", () => {
    mkdirSync(join(path, "inside"), { recursive: true });
    const settings = openSettings(path);
    expect(existsSync(join(settings.setAside ?? "", "inside"))).toBe(true);
    settings.update({ theme: "dark" });
    expect(openSettings(path)).toMatchObject({ setAside: null });
    expect(openSettings(path).current().theme).toBe("dark");
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "a file that may not be read is set aside, not lost",
    () => {
      writeFileSync(path, "{}", { mode: 0o000 });
      const settings = openSettings(path);
      expect(existsSync(settings.setAside ?? "")).toBe(true);
      expect(settings.current()).toEqual(defaultSettings);
    },
  );
});
