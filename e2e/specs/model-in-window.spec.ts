import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "../fixtures/test.ts";
import { Settings } from "../pages/settings.ts";
import { Suggest } from "../pages/suggest.ts";
import { ask } from "../support/ask-bridge.ts";
import { openWithSample, sampleQuestion } from "../support/small-library.ts";

const model = resolve(import.meta.dirname, "../../.cache/models/smollm2-135m-instruct-q4_1.gguf");

test.describe("a language model on this device", () => {
  test.skip(!existsSync(model), "the small model for tests is not there: run `npm run setup`");

  test("is imported from a file, writes in small steps, and can be stopped", async ({ qwill, page }) => {
    await openWithSample(qwill);
    const settings = new Settings(qwill);
    await settings.open("Models and tiers");
    await settings.importModel(model);
    const row = page.getByRole("listitem").filter({ hasText: /smollm2/i });
    await expect(row).toBeVisible({ timeout: 90_000 });
    const use = row.getByRole("button", { name: /^Use / });
    if (await use.isVisible()) await use.click();
    await expect(row).toContainText("In use");

    const suggest = new Suggest(qwill);
    await suggest.open();
    await suggest.ask(sampleQuestion);
    await expect(suggest.suggestion).toContainText(/Written on this device by .*smollm2/i, {
      timeout: 120_000,
    });

    await test.step("what is written so far is there before the end, and stays when stopped", async () => {
      await suggest.chooseIntent("Draft");
      await suggest.ask("Write a long letter to the keeper of the lighthouse about every one of its rooms.");
      await expect
        .poll(async () => (await suggest.suggestion.innerText()).length, {
          timeout: 120_000,
          intervals: [50],
        })
        .toBeGreaterThan(150);
      await suggest.stop.click();
      await expect(suggest.suggestion).toContainText("Stopped. What was written so far is kept.");
      expect((await suggest.suggestion.innerText()).length).toBeGreaterThan(100);
    });

    await test.step("the engine's death harms nothing but the suggestion under way", async () => {
      const engine = await qwill.processId("Qwill engine");
      expect(engine).not.toBeNull();
      process.kill(engine ?? 0, "SIGKILL");
      expect(await ask(page, "collections.list", undefined)).toHaveLength(1);
      await suggest.chooseIntent("Answer");
      await suggest.ask(sampleQuestion);
      await expect(suggest.suggestion).toContainText(/Written on this device by/, { timeout: 120_000 });
    });
  });
});
