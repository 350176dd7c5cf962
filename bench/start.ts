/*
 * Start to the first usable window against an empty Electron window of the same runtime, in turns; and
 * memory at rest and while indexing. Usable: the composer is in the window and a question that is typed and
 * sent that moment is taken, which every round tries; the row after it says when it was. `npm run bench start [-- ROUNDS]`; Linux, under Xvfb where there is
 * no display.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { _electron, type ElectronApplication } from "@playwright/test";
import { launchQwill, type QwillApp } from "../e2e/fixtures/qwill-app.ts";
import { printTable } from "./measure/table.ts";
import { median } from "./measure/timings.ts";
import { emptyWindowCommand } from "./start/empty-window.ts";
import { treeMemory } from "./start/process-memory.ts";

const rounds = Number(process.argv[2] ?? 7);
const work = mkdtempSync(join(tmpdir(), "qwill-start-"));
const cache = resolve(import.meta.dirname, "../.cache/electron/empty-window");
const samples = resolve(import.meta.dirname, "../build/sample-library");

try {
  const empty = emptyWindowCommand(cache);
  const profile = join(work, "profile");
  const documents = join(work, "documents");
  for (let copy = 0; copy < 40; copy += 1)
    cpSync(samples, join(documents, String(copy)), { recursive: true });
  await prepareProfile(profile);

  const times: { qwill: number[]; taken: number[]; library: number[]; empty: number[] } = {
    qwill: [],
    taken: [],
    library: [],
    empty: [],
  };
  for (let round = 0; round <= rounds; round += 1) {
    const emptyTime = await timeEmpty(empty);
    const qwillTime = await timeQwill(profile);
    // The first round fills the disk's cache.
    if (round === 0) continue;
    times.empty.push(emptyTime);
    times.qwill.push(qwillTime.usable);
    times.taken.push(qwillTime.taken);
    times.library.push(qwillTime.library);
  }
  const memory = await measureMemory(empty, profile, documents);
  const [qwill, bare] = [median(times.qwill), median(times.empty)];
  printTable(`Start, ${rounds} rounds in turns`, [
    { name: "empty window, median", value: bare, unit: "ms" },
    { name: "Qwill to its usable window, median", value: qwill, unit: "ms" },
    { name: "Qwill / empty", value: qwill / bare, goal: 1.5, stretch: 1.25 },
    { name: "Qwill with a first question taken, median", value: median(times.taken), unit: "ms" },
    { name: "Qwill with its library open, median", value: median(times.library), unit: "ms" },
  ]);
  printTable("Memory of all processes (proportional)", [
    { name: "empty window", value: memory.empty, unit: "MB" },
    { name: "Qwill at rest", value: memory.rest, unit: "MB" },
    { name: "Qwill at rest / empty", value: memory.rest / memory.empty },
    { name: "Qwill while indexing, most seen", value: memory.indexing, unit: "MB" },
  ]);
} finally {
  rmSync(work, { recursive: true, force: true });
  rmSync(cache, { recursive: true, force: true });
}

/** First run done, key chosen, library empty. */
async function prepareProfile(profile: string): Promise<void> {
  const app = await launchQwill({ profile });
  await app.page.getByRole("button", { name: "Use a development key" }).click();
  await app.page.getByRole("button", { name: "Begin empty" }).click();
  await app.page.getByRole("textbox", { name: "Your request" }).waitFor();
  await app.quit();
}

/** To the composer that can be written in, to a question sent at once being taken, and to the library that answers. */
async function timeQwill(profile: string): Promise<{ usable: number; taken: number; library: number }> {
  const start = performance.now();
  const app = await launchQwill({ profile, waitsForDriver: false });
  await app.page.getByRole("textbox", { name: "Your request" }).waitFor();
  const usable = performance.now() - start;
  await app.page.keyboard.type("When?");
  await app.page.keyboard.press("ControlOrMeta+Enter");
  await app.page.getByRole("heading", { name: "When?" }).waitFor();
  const taken = performance.now() - start;
  await libraryAnswers(app);
  const library = performance.now() - start;
  await app.quit();
  return { usable, taken, library };
}

/** A request of the library waits for it to be open. */
async function libraryAnswers(app: QwillApp): Promise<void> {
  const reply = await app.page.evaluate(() => window.qwill.request("collections.list", undefined));
  if (!reply.ok) throw new Error(`collections.list: ${reply.failure.code}`);
}

async function openEmpty(command: { executablePath: string; args: string[] }): Promise<ElectronApplication> {
  const app = await _electron.launch({ ...command, timeout: 60_000 });
  const page = await app.firstWindow();
  await page.getByRole("heading", { name: "Empty" }).waitFor();
  return app;
}

async function timeEmpty(command: { executablePath: string; args: string[] }): Promise<number> {
  const start = performance.now();
  const app = await openEmpty(command);
  const time = performance.now() - start;
  await app.close();
  return time;
}

async function measureMemory(
  command: { executablePath: string; args: string[] },
  profile: string,
  documents: string,
): Promise<{ empty: number; rest: number; indexing: number }> {
  const bare = await openEmpty(command);
  const empty = treeMemory(bare.process().pid ?? 0);
  await bare.close();
  const app = await launchQwill({ profile });
  const root = app.electron.process().pid ?? 0;
  const { page } = app;
  await page.getByRole("textbox", { name: "Your request" }).waitFor();
  await libraryAnswers(app);
  const rest = treeMemory(root);
  await app.chooseInDialog([documents]);
  await page.keyboard.press("Control+Shift+O");
  let indexing = rest;
  const busy = page.getByText(/\d+ of \d+ files ready/).first();
  await busy.waitFor({ timeout: 60_000 });
  while (await busy.isVisible()) indexing = Math.max(indexing, treeMemory(root));
  await app.quit();
  return { empty, rest, indexing };
}
