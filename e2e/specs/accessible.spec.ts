import type { QwillApp } from "../fixtures/qwill-app.ts";
import { expect, test } from "../fixtures/test.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { Palette } from "../pages/palette.ts";
import { Settings } from "../pages/settings.ts";
import { SourcesPane } from "../pages/sources-pane.ts";
import { TestBench } from "../pages/test-bench.ts";
import { ask } from "../support/ask-bridge.ts";
import { violationsOf } from "../support/axe.ts";
import { askSample, openWithSample, sampleQuestion } from "../support/small-library.ts";

const themes = ["light", "dark"] as const;

/** Checks what is shown now in light and dark. */
async function expectAccessible(qwill: QwillApp, screen: string): Promise<void> {
  for (const theme of themes) {
    await ask(qwill.page, "settings.update", { theme });
    await expect
      .poll(async () => qwill.page.evaluate(() => document.documentElement.dataset["mantineColorScheme"]))
      .toBe(theme);
    expect.soft(await violationsOf(qwill.page), `${screen}, ${theme}`).toEqual([]);
  }
}

test("axe finds nothing on any screen, in light and dark", async ({ qwill, page }) => {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(qwill, "first run, key to be chosen");
  await new FirstRun(qwill).chooseKey();
  await expectAccessible(qwill, "first run");
  await openWithSample(qwill);
  await expectAccessible(qwill, "suggest, nothing asked yet");

  const suggest = await askSample(qwill);
  await expectAccessible(qwill, "suggest, with a suggestion");
  await suggest
    .citation(/^Citation 1/)
    .first()
    .click();
  await expect(new SourcesPane(qwill).marked.first()).toBeVisible();
  await expectAccessible(qwill, "suggest, with a source open");
  await suggest.chooseIntent("Rewrite");
  await expectAccessible(qwill, "suggest, with text to work on");

  const library = new Library(qwill);
  await library.open();
  await expect(library.row("bee-year.md")).toContainText("Ready");
  await expectAccessible(qwill, "library");
  const bench = new TestBench(qwill);
  await bench.open();
  await bench.ask(sampleQuestion);
  await expect(bench.passages.first()).toBeVisible();
  await expectAccessible(qwill, "bench");
  await library.open();
  await library.openDocument("bee-year.md");
  await expect(page.getByRole("region", { name: /^Document: / })).toBeVisible();
  await expectAccessible(qwill, "document");

  const settings = new Settings(qwill);
  for (const group of ["General", "Models and tiers", "Privacy and safety", "Advanced"] as const) {
    await settings.open(group);
    await expectAccessible(qwill, `settings, ${group}`);
  }
  // Places that came later than this test, by what the rail offers.
  const rail = page.getByRole("navigation", { name: "Main" });
  for (const place of ["Privacy", "Costs"]) {
    const button = rail.getByRole("button", { name: place, exact: true });
    if ((await button.count()) === 0) continue;
    await button.click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(qwill, place);
  }
  await page.keyboard.press("F1");
  await expect(page.getByRole("heading", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(qwill, "shortcuts");
  const palette = new Palette(qwill);
  await palette.open();
  await expect(palette.dialog).toBeVisible();
  await expectAccessible(qwill, "palette");
});

test("the keyboard alone reaches every place, and Escape closes only the topmost thing", async ({
  qwill,
  page,
}) => {
  await openWithSample(qwill);
  const palette = new Palette(qwill);
  await palette.open();
  await expect(palette.dialog).toBeVisible();
  await expect(palette.dialog.getByRole("combobox")).toBeFocused();
  await palette.type("Test a qu");
  await expect(palette.commands).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(palette.dialog).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "A question to test" })).toBeVisible();

  await palette.open();
  await expect(palette.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette.dialog).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "A question to test" })).toBeVisible();

  await page.keyboard.press("Control+,");
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.keyboard.press("F1");
  await expect(page.getByRole("heading", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Control+2");
  await expect(page.getByRole("grid", { name: "Files" })).toBeVisible();
  await page.keyboard.press("Control+1");
  await expect(page.getByRole("textbox", { name: "Your request" })).toBeVisible();

  // Escape stops what runs.
  await page.getByRole("textbox", { name: "Your request" }).fill(sampleQuestion);
  const library = (await qwill.processId("Qwill library")) ?? 0;
  process.kill(library, "SIGSTOP");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: "Stop", exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Suggestion", exact: true })).toContainText("Stopped.");
  process.kill(library, "SIGCONT");
});

test("Tab walks through every control of the composer, and each shows where the focus is", async ({
  qwill,
  page,
}) => {
  await openWithSample(qwill);
  await page.getByRole("textbox", { name: "Your request" }).fill("x");
  const seen = new Set<string>();
  const invisible: string[] = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    const { name, isMarked } = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const marks = (one: Element): boolean => {
        const style = getComputedStyle(one);
        return (
          (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0) ||
          style.boxShadow !== "none"
        );
      };
      // In a field the caret says it; a ring may stand on what is drawn in place of a hidden input.
      const isField = element.matches("textarea, input:not([type=radio], [type=checkbox])");
      const around = [element, element.nextElementSibling, element.parentElement];
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      const isMarked = isField || around.some((one) => one !== null && marks(one));
      return { name: name.trim(), isMarked };
    });
    if (name !== "" && !isMarked) invisible.push(name);
    seen.add(name);
  }
  for (const name of ["Suggest", "Library", "Settings", "Documents to use", "Tone", "Length"])
    expect(
      [...seen].some((one) => one.startsWith(name)),
      name,
    ).toBe(true);
  expect(invisible).toEqual([]);
});
