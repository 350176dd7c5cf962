import type { SuggestEvent } from "../../core/contract/suggest.ts";
import { expect, test } from "../fixtures/test.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { Suggest } from "../pages/suggest.ts";
import { TestBench } from "../pages/test-bench.ts";
import { ask } from "../support/ask-bridge.ts";
import { scriptPayloads } from "../support/script-payloads.ts";

/** Elements that no text of ours ever needs, and what ran. */
const traces = (): { broken: unknown; foreign: string[] } => ({
  broken: (window as { broken?: unknown }).broken ?? null,
  foreign: [
    ...document.querySelectorAll(
      "#root :is(script, iframe, object, embed, img, video, form[action], meta, style:not([data-mantine-styles]), [onerror], [onload], a[href^='javascript' i], a[href^='data' i])",
    ),
  ].map((element) => element.outerHTML.slice(0, 200)),
});
const nothing = { broken: null, foreign: [] };

test("the page's way out has three functions, and only the named routes, streams and events behind them", async ({
  page,
}) => {
  expect(await page.evaluate(() => Object.keys(window.qwill).sort())).toEqual(["on", "request", "stream"]);
  const refused = await page.evaluate(async () => {
    const names = ["constructor", "__proto__", "toString", "fs.read", "app.quit", "", "app.info "];
    const replies = await Promise.all(names.map(async (name) => window.qwill.request(name, undefined)));
    return replies.map((reply) => (reply.ok ? "answered" : reply.failure.code));
  });
  expect(new Set(refused)).toEqual(new Set(["bad-request"]));
  const wrong = await page.evaluate(async () => {
    const inputs = [null, 7, "x", [], { collectionId: "1" }, { collectionId: 1, path: "/etc/passwd" }];
    const replies = await Promise.all(
      inputs.map(async (input) => window.qwill.request("library.add-files", input)),
    );
    return replies.map((reply) => (reply.ok ? "answered" : reply.failure.code));
  });
  expect(new Set(wrong)).toEqual(new Set(["bad-request"]));
  // A path made up by the page is no dropped file.
  const made = await page.evaluate(async () =>
    window.qwill.request("library.add-dropped", { collectionId: 1, files: ["/etc/passwd"] }),
  );
  expect(made).toMatchObject({ ok: false });
});

test("thirty payloads stay text: as file name, title, passage, quote, and as what a model writes", async ({
  qwill,
  page,
  writeDocument,
}) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const firstRun = new FirstRun(qwill);
  await firstRun.chooseKey();
  await firstRun.beginEmpty();
  const paths = scriptPayloads.map((payload, index) =>
    writeDocument(
      `${index} <img src=x onerror=window.broken=40>.md`,
      `# ${payload.split("\n")[0]}\n\nThe otter number ${index} said: ${payload}\n\nOtters sleep in holts.\n`,
    ),
  );
  const library = new Library(qwill);
  await library.open();
  await library.addFiles(paths);
  await expect
    .poll(async () => (await ask(page, "library.files", { state: "ready", limit: 1 })).total, {
      timeout: 90_000,
    })
    .toBe(scriptPayloads.length);
  expect(await page.evaluate(traces)).toEqual(nothing);

  await library.files
    .getByRole("button", { name: /^1 <img/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: /^Document: / })).toContainText("The otter number 1 said");
  expect(await page.evaluate(traces)).toEqual(nothing);
  const bench = new TestBench(qwill);
  await bench.open();
  await bench.ask("What did the otter say?");
  await expect(bench.passages.first()).toContainText("otter");
  expect(await page.evaluate(traces)).toEqual(nothing);

  const suggest = new Suggest(qwill);
  await suggest.open();
  await suggest.ask("What did the otter number 2 say?");
  await expect(suggest.suggestion).toContainText("otter");
  await expect(suggest.citation(/^Citation 1/).first()).toBeVisible();
  expect(await page.evaluate(traces)).toEqual(nothing);

  // The library holds its breath, and main says in its place what a hostile model could.
  process.kill((await qwill.processId("Qwill library")) ?? 0, "SIGSTOP");
  await suggest.ask("Say what you like.");
  await expect(suggest.stop).toBeVisible();
  const events: SuggestEvent[] = [
    {
      type: "suggest-start",
      id: "x",
      tier: "local",
      reach: "device",
      provider: scriptPayloads[1] ?? "",
      model: scriptPayloads[2] ?? "",
      engine: "model",
    },
    { type: "reasoning-delta", text: scriptPayloads.join("\n\n") },
    ...scriptPayloads.map((payload, index): SuggestEvent => ({
      type: "text-delta",
      text: `Payload ${index}:\n\n${payload}\n\n`,
    })),
    { type: "text-delta", text: "The last word." },
  ];
  await qwill.electron.evaluate(({ webContents }, said) => {
    // The second stream of this page.
    for (const event of said)
      for (const contents of webContents.getAllWebContents()) contents.send("qwill:stream", 2, { event });
  }, events);
  await expect(suggest.suggestion).toContainText("The last word.");
  await expect(suggest.suggestion).toContainText("Payload 29:");
  for (const summary of await suggest.suggestion.getByText("Thinking", { exact: true }).all())
    await summary.click();
  // Whatever it made of them, pressing it runs nothing either.
  await qwill.confirmWith(0);
  for (const link of await suggest.suggestion.getByRole("link").all()) await link.click();
  expect(await page.evaluate(traces)).toEqual(nothing);
  expect(dialogs).toEqual([]);
  expect(page.url()).toBe("app://qwill/index.html");
  expect(qwill.electron.windows()).toHaveLength(1);
});
