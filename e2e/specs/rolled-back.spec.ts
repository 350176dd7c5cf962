import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "../fixtures/test.ts";
import { FirstRun } from "../pages/first-run.ts";

/** The files of the database: it and what SQLite keeps beside it. */
const isDatabase = (name: string): boolean => name.startsWith("library.db");

test("a library put back from an older copy says so in the window, over every screen, until the person closes it", async ({
  launch,
  profile,
}) => {
  const copy = mkdtempSync(join(tmpdir(), "qwill-older-copy-"));
  try {
    const first = await launch();
    const firstRun = new FirstRun(first);
    await firstRun.chooseKey();
    await firstRun.beginEmpty();
    await first.quit();
    for (const name of readdirSync(profile).filter(isDatabase)) cpSync(join(profile, name), join(copy, name));

    // The key sees a newer library, then the older one lies there again.
    const second = await launch();
    const told = "This library was put back from an older copy";
    await expect(second.page.getByRole("textbox", { name: "Your request" })).toBeEnabled();
    await expect(second.page.getByRole("alert").filter({ hasText: told })).toHaveCount(0);
    await second.quit();
    for (const name of readdirSync(profile).filter(isDatabase)) rmSync(join(profile, name));
    for (const name of readdirSync(copy)) cpSync(join(copy, name), join(profile, name));

    const third = await launch();
    const alert = third.page.getByRole("alert").filter({ hasText: told });
    for (const screen of ["Suggest", "Library", "Costs"]) {
      await third.page.getByRole("button", { name: screen, exact: true }).click();
      await expect(alert).toBeVisible();
    }
    await alert.getByRole("button", { name: "Close" }).click();
    await expect(alert).toHaveCount(0);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
