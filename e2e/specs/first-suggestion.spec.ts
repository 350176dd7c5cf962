import { expect, test } from "../fixtures/test.ts";

/** What a newcomer does in the first minute, with mouse and keyboard alone. */
// guide: "Qwill shows who sees your data: only you, on this device."
test("first run: agree to a key, take the sample library, ask, and open the passage that was quoted", async ({
  page,
}) => {
  await page.getByRole("button", { name: "Use a development key" }).click();
  const whoSees = page.getByRole("region", { name: "Who sees your data" });
  for (const part of ["Model", "Search model", "Library"]) {
    const row = whoSees
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${part}`) }) });
    await expect(row.getByRole("cell")).toHaveText(["On this device", "Only you"]);
  }
  await page.getByRole("button", { name: "Try the sample library" }).click();
  await expect(page.getByText("On this device: nothing leaves").first()).toBeVisible();
  await expect
    .poll(async () => page.evaluate(() => window.qwill.request("library.files", { state: "ready" })), {
      timeout: 60_000,
    })
    .toMatchObject({ ok: true, value: { total: 12 } });

  await page.getByRole("textbox").first().fill("How many steps does the lighthouse have?");
  await page.keyboard.press("Control+Enter");
  const quote = page.getByRole("blockquote").filter({ hasText: "It is 38 metres high and has 196 steps." });
  await expect(quote).toBeVisible();
  await expect(page.getByText("found word for word")).toBeVisible();

  await quote.getByRole("button").first().click();
  await expect(page.locator("mark").filter({ hasText: "196 steps" })).toBeVisible();
});
