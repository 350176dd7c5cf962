import type { QwillApp } from "../fixtures/qwill-app.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Suggest } from "../pages/suggest.ts";
import { expect } from "../fixtures/test.ts";
import { ask } from "./ask-bridge.ts";

export const sampleQuestion = "How many steps does the lighthouse have?";

/** The desk with the sample library read and embedded, from a fresh profile. */
export async function openWithSample(qwill: QwillApp): Promise<void> {
  const firstRun = new FirstRun(qwill);
  await firstRun.chooseKey();
  await firstRun.takeSample();
  await expect
    .poll(async () => (await ask(qwill.page, "library.files", { state: "ready", limit: 1 })).total, {
      timeout: 90_000,
    })
    .toBe(12);
}

/** Asks what the sample library knows, and waits for the quote. */
export async function askSample(qwill: QwillApp): Promise<Suggest> {
  const suggest = new Suggest(qwill);
  await suggest.ask(sampleQuestion);
  await expect(suggest.suggestion).toContainText("196 steps");
  await expect(suggest.citation(/^Citation 1/).first()).toBeVisible();
  return suggest;
}
