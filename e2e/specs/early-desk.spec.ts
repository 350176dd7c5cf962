import type { QwillApp } from "../fixtures/qwill-app.ts";
import { expect, test } from "../fixtures/test.ts";

/** Reloads the page and keeps its code back; returns the function that lets it come. */
async function reloadWithoutCode(app: QwillApp): Promise<() => Promise<void>> {
  await app.electron.evaluate(({ session }) => {
    const held: (() => void)[] = [];
    const state = { isOpen: false, release: () => undefined as void };
    state.release = () => {
      state.isOpen = true;
      for (const answer of held) answer();
    };
    (globalThis as { held?: typeof state }).held = state;
    session.fromPartition("qwill").webRequest.onBeforeRequest((details, answer) => {
      if (state.isOpen || !details.url.includes("/assets/desk-")) answer({});
      else held.push(() => answer({}));
    });
  });
  await app.page.evaluate(() => location.reload());
  await app.page.waitForFunction(() => document.documentElement.dataset["drawnFor"] !== undefined);
  return () =>
    app.electron.evaluate(() => (globalThis as unknown as { held: { release: () => void } }).held.release());
}

test("the desk is there before its code: what is typed stays, what is pressed is done", async ({
  launch,
  profile,
}) => {
  const first = await launch({ profile });
  await first.page.getByRole("button", { name: "Use a development key" }).click();
  // Before the first run is done no desk is drawn ahead.
  expect(await first.page.evaluate(() => document.documentElement.dataset["drawnFor"])).toBeUndefined();
  await first.page.getByRole("button", { name: "Begin empty" }).click();
  await first.page.getByRole("textbox", { name: "Your request" }).waitFor();
  await first.quit();

  const qwill = await launch({ profile });
  const { page } = qwill;
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  const textbox = page.getByRole("textbox", { name: "Your request" });

  let release = await reloadWithoutCode(qwill);
  await expect(textbox).toBeFocused();
  await page.keyboard.type("When is honey harvested?");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(textbox).toHaveValue("When is honey harvested?");
  await release();
  await expect(page.getByRole("heading", { name: "When is honey harvested?" })).toBeVisible();
  await expect(textbox).toHaveValue("");

  release = await reloadWithoutCode(qwill);
  await textbox.pressSequentially("Kept");
  await page.getByRole("radio", { name: "Draft" }).locator("..").click();
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("button", { name: "Settings", exact: true })
    .click();
  await release();
  await expect(page.getByRole("navigation", { name: "Settings groups" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("button", { name: "Suggest" }).click();
  await expect(textbox).toHaveValue("Kept");
  await expect(page.getByRole("radio", { name: "Draft" })).toBeChecked();
  expect(faults).toEqual([]);
});

test("the desk drawn ahead is in the person's language and theme, and is taken over without a change", async ({
  launch,
  profile,
}) => {
  const first = await launch({ profile });
  await first.page.getByRole("button", { name: "Use a development key" }).click();
  await first.page.getByRole("button", { name: "Begin empty" }).click();
  await first.page.getByRole("textbox", { name: "Your request" }).waitFor();
  await first.page.evaluate(() =>
    window.qwill.request("settings.update", { language: "zh-CN", theme: "dark" }),
  );
  const faults: string[] = [];
  first.page.on("pageerror", (error) => faults.push(error.message));
  const release = await reloadWithoutCode(first);
  const looks = () =>
    first.page.evaluate(() => ({
      language: document.documentElement.lang,
      ground: getComputedStyle(document.body).backgroundColor,
      composer: document.querySelector(".composer")?.getBoundingClientRect().toJSON() as object,
      rail: document.querySelector(".rail")?.getBoundingClientRect().toJSON() as object,
    }));
  const before = await looks();
  expect(before).toMatchObject({ language: "zh-CN", ground: "rgb(32, 31, 29)" });
  await first.page.evaluate(() => {
    document.querySelector(".composer")?.setAttribute("data-same", "");
  });
  await release();
  await first.page.getByRole("heading", { level: 2 }).first().waitFor();
  await expect(first.page.locator(".suggest-empty")).toBeVisible();
  expect(await first.page.locator(".composer[data-same]").count()).toBe(1);
  expect(await looks()).toEqual(before);
  expect(faults).toEqual([]);
});
