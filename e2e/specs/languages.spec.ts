import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { QwillApp } from "../fixtures/qwill-app.ts";
import { expect, test } from "../fixtures/test.ts";
import { Settings } from "../pages/settings.ts";
import { ask } from "../support/ask-bridge.ts";
import { untranslatedOn } from "../support/catalogue.ts";
import { askSample, openWithSample } from "../support/small-library.ts";

const screens = ["suggest", "library", "bench", "settings", "costs", "shortcuts"] as const;
const keys = {
  suggest: "Control+1",
  library: "Control+2",
  bench: "Control+t",
  settings: "Control+,",
  costs: "Control+4",
  shortcuts: "F1",
};

async function go(qwill: QwillApp, screen: (typeof screens)[number]): Promise<void> {
  await qwill.page.keyboard.press(keys[screen]);
  await expect(qwill.page.getByRole("main")).toBeVisible();
}

async function resize(qwill: QwillApp, width: number): Promise<void> {
  await qwill.electron.evaluate(({ BrowserWindow }, size) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(size, 800);
  }, width);
  await expect.poll(async () => qwill.page.evaluate(() => innerWidth)).toBe(width);
}

test("Simplified Chinese changes every word of the window, its menu included, and back again", async ({
  qwill,
  page,
}) => {
  await openWithSample(qwill);
  await askSample(qwill);
  const settings = new Settings(qwill);
  await settings.open("General");
  await settings.chooseLanguage("简体中文");
  await expect(page.getByRole("heading", { level: 1, name: "设置" })).toBeVisible();
  await expect.poll(async () => page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
  for (const screen of screens) {
    await go(qwill, screen);
    expect.soft(await untranslatedOn(page), screen).toEqual([]);
  }
  await go(qwill, "settings");
  for (const group of await page.getByRole("navigation").last().getByRole("button").all()) {
    await group.click();
    expect.soft(await untranslatedOn(page), (await group.textContent()) ?? "").toEqual([]);
  }
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect.soft(await untranslatedOn(page), "palette").toEqual([]);
  await page.keyboard.press("Escape");
  const menu = await qwill.electron.evaluate(({ Menu }) => {
    const labels = (items: readonly Electron.MenuItem[]): string[] =>
      items.flatMap((item) => [item.label, ...labels(item.submenu?.items ?? [])]);
    return labels(Menu.getApplicationMenu()?.items ?? []);
  });
  expect(menu.filter((label) => /[a-z]{3}/.test(label.replaceAll("Qwill", "")))).toEqual([]);

  await ask(page, "settings.update", { language: "en" });
  await expect(page.getByRole("button", { name: "Library", exact: true })).toBeVisible();
});

test("the window for people to look at: light and dark, English and Chinese, wide and narrow", async ({
  qwill,
  page,
}) => {
  const folder = join("test-results", "look");
  mkdirSync(folder, { recursive: true });
  await openWithSample(qwill);
  await askSample(qwill);
  for (const language of ["en", "zh-CN"] as const) {
    for (const theme of ["light", "dark"] as const) {
      await ask(page, "settings.update", { language, theme });
      await expect.poll(async () => page.evaluate(() => document.documentElement.lang)).toBe(language);
      for (const width of [1280, 820]) {
        await resize(qwill, width);
        for (const screen of screens.slice(0, 5)) {
          await go(qwill, screen);
          // Nothing may be wider than the window, and no control may be cut off.
          expect.soft(await cutOff(qwill), `${screen}, ${language}, ${width}`).toEqual([]);
          await page.screenshot({ path: join(folder, `${screen}-${language}-${theme}-${width}.png`) });
        }
      }
    }
  }
});

test("no button of the first run is cut off before the key is chosen, in either language at any width", async ({
  qwill,
  page,
}) => {
  await expect(page.getByRole("button", { name: "Use a development key" })).toBeVisible();
  const folder = join("test-results", "look");
  mkdirSync(folder, { recursive: true });
  for (const language of ["en", "zh-CN"] as const) {
    await ask(page, "settings.update", { language });
    await expect.poll(async () => page.evaluate(() => document.documentElement.lang)).toBe(language);
    for (const width of [1280, 820]) {
      await resize(qwill, width);
      expect.soft(await cutOff(qwill), `${language}, ${width}`).toEqual([]);
      await page.screenshot({ path: join(folder, `first-run-${language}-${width}.png`) });
    }
  }
});

test("the fields of the cost calculator stand in one line, with their labels in another", async ({
  qwill,
  page,
}) => {
  await openWithSample(qwill);
  for (const language of ["en", "zh-CN"] as const) {
    await ask(page, "settings.update", { language });
    await expect.poll(async () => page.evaluate(() => document.documentElement.lang)).toBe(language);
    await go(qwill, "costs");
    await expect(page.locator(".expected-fields > *")).toHaveCount(4);
    const tops = await page.evaluate(() =>
      [...document.querySelectorAll(".expected-fields > *")].map((field) => ({
        label: field.querySelector("label")?.getBoundingClientRect().top,
        input: field.querySelector("input")?.getBoundingClientRect().top,
      })),
    );
    expect(tops).toHaveLength(4);
    expect(new Set(tops.map(({ label }) => label)).size, "one top of all labels").toBe(1);
    expect(new Set(tops.map(({ input }) => input)).size, "one top of all inputs").toBe(1);
  }
});

/** Controls whose words do not fit, and the page when it scrolls sideways. */
async function cutOff(qwill: QwillApp): Promise<string[]> {
  return qwill.page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
    const controls = [...document.querySelectorAll<HTMLElement>("button, [role=tab], label, h1, h2, h3")];
    const cut = controls.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1 || getComputedStyle(element).visibility === "hidden") return false;
      if (element.closest(".clip, .only-heard, .cite") || element.querySelector(".clip")) return false;
      return right > innerWidth + 1 || left < -1 || element.scrollWidth > element.clientWidth + 1;
    });
    return [...wide, ...cut.map((element) => `${element.tagName} ${element.textContent}`)];
  });
}
