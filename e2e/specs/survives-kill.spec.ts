import { dirname } from "node:path";
import type { Page } from "@playwright/test";
import type { FileState } from "../../core/contract/documents.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";
import { expect, test } from "../fixtures/test.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { ask } from "../support/ask-bridge.ts";
import { documentText } from "../support/many-documents.ts";
import { problemsOf } from "../support/stored-library.ts";

const fileCount = 48;
const look = { intervals: [10], timeout: 90_000 };

/** How far the library is, from 0 to 2: the share of files whose words are stored, and of files all ready. */
async function shareOf(page: Page): Promise<number> {
  const count = async (state: FileState): Promise<number> =>
    (await ask(page, "library.files", { state, limit: 1 })).total;
  const ready = await count("ready");
  return (ready + (await count("words"))) / fileCount + ready / fileCount;
}

async function expectWhole(page: Page): Promise<void> {
  await expect
    .poll(async () => (await ask(page, "library.files", { state: "ready", limit: 1 })).total, look)
    .toBe(fileCount);
  const { files, total } = await ask(page, "library.files", { limit: 500 });
  expect(total).toBe(fileCount);
  expect(new Set(files.map(({ path }) => path)).size).toBe(fileCount);
  expect(files.filter((file) => file.passages === 0 || file.embedded !== file.passages)).toEqual([]);
  const [collection] = await ask(page, "collections.list", undefined);
  const passages = files.reduce((sum, file) => sum + file.passages, 0);
  expect(collection).toMatchObject({ files: fileCount, documents: fileCount, passages });
  // One of the last is found by meaning: its vectors are really there.
  const { hits } = await ask(page, "search.run", {
    question: `What does report ${fileCount} of the parish office say?`,
    mode: "vectors",
    k: 3,
  });
  expect(hits.length).toBe(3);
}

/** True when there was a reader to kill. */
async function killReader(qwill: QwillApp): Promise<boolean> {
  const reader = await qwill.processId("Qwill reader");
  if (reader === null) return false;
  process.kill(reader, "SIGKILL");
  return true;
}

async function begin(qwill: QwillApp, folder: string): Promise<void> {
  const firstRun = new FirstRun(qwill);
  await firstRun.chooseKey();
  await firstRun.addFolder(folder);
}

test.describe("killed while indexing", () => {
  let folder = "";
  test.beforeEach(({ writeDocument }) => {
    for (let number = 1; number <= fileCount; number++)
      folder = dirname(writeDocument(`report-${number}.md`, documentText(number, 8)));
  });

  test("the library process, twice: the window stays and says so, the work is taken up, nothing is lost", async ({
    qwill,
    page,
    profile,
  }) => {
    await begin(qwill, folder);
    for (const point of [0.3, 1.4]) {
      await expect.poll(async () => shareOf(page), look).toBeGreaterThan(point);
      const before = (await qwill.processId("Qwill library")) ?? 0;
      process.kill(before, "SIGKILL");
      await expect.poll(async () => qwill.processId("Qwill library"), look).not.toBe(before);
      await expect(page.getByText("The library had to restart.").first()).toBeVisible();
    }
    await expectWhole(page);
    await new Library(qwill).expectIdle();
    await qwill.quit();
    expect(await problemsOf(profile)).toEqual([]);
  });

  test("a library process that hangs does not hold up quitting, and harms nothing", async ({
    qwill,
    page,
    profile,
  }) => {
    await begin(qwill, folder);
    await expect.poll(async () => shareOf(page), look).toBeGreaterThan(0.2);
    await qwill.confirmWith(0);
    process.kill((await qwill.processId("Qwill library")) ?? 0, "SIGSTOP");
    await qwill.quit();
    expect(await problemsOf(profile)).toEqual([]);
  });

  test("the reader process: at most its file says so, all others are read, and that one when asked again", async ({
    qwill,
    page,
    profile,
  }) => {
    await begin(qwill, folder);
    await expect.poll(async () => killReader(qwill), look).toBe(true);
    await new Library(qwill).expectIdle();
    const { files, total } = await ask(page, "library.files", { state: "failed", limit: 10 });
    expect(total).toBeLessThanOrEqual(1);
    for (const { name } of files) {
      // Of many files only those in sight have a row.
      await new Library(qwill).findByName(name);
      await expect(new Library(qwill).row(name)).toContainText("Reading failed and was stopped.");
      await page.getByRole("button", { name: "Retry the failed file" }).click();
      await new Library(qwill).findByName("");
    }
    await expectWhole(page);
    await qwill.quit();
    expect(await problemsOf(profile)).toEqual([]);
  });

  test("the whole application, at random points: no page is damaged, no file half done, none lost", async ({
    launch,
    profile,
  }, testInfo) => {
    // From the first moments of reading to almost done.
    const points = [0, 0.5, 1.1, 1.5].map((least) => least + Math.random() * 0.3);
    testInfo.annotations.push({
      type: "points",
      description: points.map((one) => one.toFixed(2)).join(", "),
    });
    for (const [index, point] of points.entries()) {
      const qwill = await launch();
      if (index === 0) await begin(qwill, folder);
      await expect.poll(async () => shareOf(qwill.page), look).toBeGreaterThanOrEqual(point);
      await qwill.kill();
      expect(await problemsOf(profile), `killed at ${point}`).toEqual([]);
    }
    const last = await launch();
    await expectWhole(last.page);
    await last.quit();
    expect(await problemsOf(profile)).toEqual([]);
  });
});
