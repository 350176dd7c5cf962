import { expect, test } from "../fixtures/test.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Settings } from "../pages/settings.ts";
import { ask } from "../support/ask-bridge.ts";
import { askSample, openWithSample, sampleQuestion } from "../support/small-library.ts";

test("personal memory shows everything it holds, and the oldest can be forgotten", async ({
  qwill,
  page,
}) => {
  const firstRun = new FirstRun(qwill);
  await firstRun.chooseKey();
  await firstRun.beginEmpty();
  const count = 201;
  for (let number = 1; number <= count; number += 1)
    await ask(page, "suggestions.save", {
      requestId: `request-${number}`,
      intent: "answer",
      request: `Question ${number}`,
      text: "An answer.",
      accepted: true,
      rating: 0,
    });

  await new Settings(qwill).open("Privacy and safety");
  const memory = page.getByRole("region", { name: "Personal memory" });
  const older = memory.getByRole("button", { name: "Show older ones" });
  const rows = memory.getByRole("listitem");
  await expect(rows).toHaveCount(100);
  await older.click();
  await expect(rows).toHaveCount(200);
  await older.click();
  await expect(rows).toHaveCount(count);
  await expect(older).toHaveCount(0);

  await memory.getByRole("button", { name: "Forget “Question 1”", exact: true }).click();
  await expect(rows).toHaveCount(count - 1);
  await expect(rows.last()).toContainText("Question 2");
  expect(await ask(page, "suggestions.list", { offset: 200, limit: 10 })).toEqual([]);
});

// guide: "Accept keeps a suggestion in your personal memory; see and delete it in Settings, Privacy and safety."
test("what is accepted is seen in the personal memory after a restart, and what is forgotten there is gone for good", async ({
  launch,
}) => {
  const memoryOf = async (app: Awaited<ReturnType<typeof launch>>) => {
    await new Settings(app).open("Privacy and safety");
    return app.page.getByRole("region", { name: "Personal memory" });
  };
  const first = await launch();
  await openWithSample(first);
  const suggest = await askSample(first);
  await expect((await memoryOf(first)).getByRole("listitem")).toHaveCount(0);
  await suggest.open();
  await suggest.accept();
  await first.quit();

  const second = await launch();
  const memory = await memoryOf(second);
  await expect(memory.getByRole("listitem")).toHaveCount(1);
  await expect(memory.getByRole("listitem")).toContainText(sampleQuestion);
  await memory.getByRole("button", { name: `Forget “${sampleQuestion}”`, exact: true }).click();
  await expect(memory.getByRole("listitem")).toHaveCount(0);
  await second.quit();

  const third = await launch();
  await expect((await memoryOf(third)).getByText("Nothing is remembered yet")).toBeVisible();
});
