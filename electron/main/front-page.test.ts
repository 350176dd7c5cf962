import { expect, test } from "vitest";
import { frontPage } from "./front-page.ts";

const now = { isDark: false, platform: "linux" } as const;

test("no desk is shown before the first run is done", () => {
  expect(frontPage({ language: "en", isFirstRunDone: false }, now)).toBe("index.html");
});

test("the desk comes drawn in the person's language, theme and keys", () => {
  const look = { language: "zh-CN", isFirstRunDone: true } as const;
  expect(frontPage(look, now)).toBe("desk.zh-CN.other.light.html");
  expect(frontPage(look, { isDark: true, platform: "darwin" })).toBe("desk.zh-CN.mac.dark.html");
});
