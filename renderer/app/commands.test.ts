import { expect, test } from "vitest";
import { commandIds } from "../../core/contract/app.ts";
import { commandForPress, commands, keyCaps } from "./commands.ts";

const press = (
  key: string,
  held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test("every command of the contract is in the registry once", () => {
  expect(commands.map(({ id }) => id).toSorted()).toEqual([...commandIds].toSorted());
});
test("no two commands share a key", () => {
  const keys = commands.flatMap(({ keys: all }) => (all ? [all] : []));
  expect(new Set(keys).size).toBe(keys.length);
});
test("Ctrl runs a command, on a Mac Cmd does, and never the other one", () => {
  expect(commandForPress(press("k", { ctrlKey: true }), false)).toBe("open-palette");
  expect(commandForPress(press("k", { metaKey: true }), true)).toBe("open-palette");
  expect(commandForPress(press("k", { ctrlKey: true }), true)).toBeUndefined();
  expect(commandForPress(press("k"), false)).toBeUndefined();
});
test("Shift makes another command, AltGr none", () => {
  expect(commandForPress(press("o", { ctrlKey: true }), false)).toBe("add-files");
  expect(commandForPress(press("O", { ctrlKey: true, shiftKey: true }), false)).toBe("add-folder");
  expect(commandForPress(press("o", { ctrlKey: true, altKey: true }), false)).toBeUndefined();
});
test("every screen of the rail has its number, in the rail's order", () => {
  const reached = ["1", "2", "3", "4"].map((key) => commandForPress(press(key, { ctrlKey: true }), false));
  expect(reached).toEqual(["go-suggest", "go-library", "go-privacy", "go-costs"]);
});
test("keys are shown as the system names them", () => {
  expect(keyCaps("mod+Shift+O", false)).toEqual(["Ctrl", "Shift", "O"]);
  expect(keyCaps("mod+Shift+O", true)).toEqual(["⌘", "⇧", "O"]);
});
