import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { electronCommand } from "../../build/setup/electron-runtime.mjs";
import { expect, test } from "../fixtures/test.ts";

/** Starts the application without a driver, and waits for its end. */
function startAlone(profile: string): Promise<{ code: number | null; errors: string }> {
  const { executablePath, args } = electronCommand({});
  const child = spawn(executablePath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, QWILL_TEST_PROFILE: profile },
  });
  let errors = "";
  child.stderr.on("data", (part: Buffer) => (errors += part.toString()));
  return new Promise((resolve) => child.once("exit", (code) => resolve({ code, errors })));
}

test("a start that fails says so and ends: it does not live on without a window", async ({ profile }) => {
  rmSync(profile, { recursive: true });
  writeFileSync(profile, "a file where the data folder should be");
  const { code, errors } = await startAlone(profile);
  expect(code).toBe(1);
  expect(errors).toContain("Qwill could not start.");
  expect(errors).toContain(join(profile, "chromium"));
});

test("a window that is closed while its page still loads ends quietly, and is no failing start", async ({
  launch,
}) => {
  for (let round = 0; round < 3; round++) {
    const qwill = await launch();
    await qwill.electron.close();
    expect(qwill.isRunning()).toBe(false);
    expect(qwill.errorOutput()).not.toContain("qwill: start");
  }
});

test("settings and a window's place that cannot be read are set aside, the window opens and says so", async ({
  launch,
  profile,
}) => {
  mkdirSync(join(profile, "settings.json"));
  mkdirSync(join(profile, "window.json"));
  const qwill = await launch();
  const alert = qwill.page.getByText("Your settings could not be read");
  await expect(alert).toContainText(join(profile, "settings.json.damaged-"));
  await qwill.page.getByRole("alert").getByRole("button", { name: "Close" }).click();
  await expect(alert).toHaveCount(0);
  await qwill.quit();
  const again = await launch();
  await expect(again.page.getByRole("button", { name: "Use a development key" })).toBeVisible();
  await expect(again.page.getByText("Your settings could not be read")).toHaveCount(0);
});
