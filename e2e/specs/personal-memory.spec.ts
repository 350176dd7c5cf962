import { expect, test } from "../fixtures/test.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Settings } from "../pages/settings.ts";
import { ask } from "../support/ask-bridge.ts";

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
