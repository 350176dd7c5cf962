import { expect, test } from "../fixtures/test.ts";

/** The whole path over the bridge alone: what the window builds on. */
test("one text file becomes one quoted suggestion, and the library is still there after a restart", async ({
  launch,
  writeDocument,
}) => {
  const first = await launch();
  const ask = (route: string, input?: unknown) =>
    first.page.evaluate(([name, value]) => window.qwill.request(name, value), [route, input] as const);
  expect(await ask("vault.use-development-key")).toMatchObject({ ok: true, value: { state: "open" } });
  expect(await ask("collections.create", { name: "Mine" })).toMatchObject({ ok: true, value: { id: 1 } });
  await first.chooseInDialog([writeDocument("bees.txt", "Heather honey is harvested in late August.\n")]);
  expect(await ask("library.add-files", { collectionId: 1 })).toEqual({ ok: true, value: { added: 1 } });
  await expect
    .poll(async () => ask("library.files", {}))
    .toMatchObject({
      ok: true,
      value: { files: [{ name: "bees.txt", state: "ready", passages: 1, embedded: 1 }] },
    });

  const events = await first.page.evaluate(
    () =>
      new Promise<{ type: string }[]>((resolve, reject) => {
        const all: { type: string }[] = [];
        window.qwill.stream(
          "suggest",
          { id: "1", text: "When is heather honey harvested?" },
          (event) => all.push(event as { type: string }),
          (failure) => (failure === null ? resolve(all) : reject(new Error(failure.code))),
        );
      }),
  );
  expect(events.filter((event) => event.type === "citation-checked")).toMatchObject([
    { citation: { state: "exact", quote: { text: "Heather honey is harvested in late August." } } },
  ]);
  expect(events.at(-1)).toMatchObject({ type: "suggest-end", finish: "stop" });
  await first.quit();

  const second = await launch();
  await expect
    .poll(async () => second.page.evaluate(() => window.qwill.request("library.files", {})))
    .toMatchObject({ ok: true, value: { total: 1, files: [{ state: "ready" }] } });
});

test("the window outlives its library process, and says so", async ({ qwill, page }) => {
  await page.evaluate(async () => window.qwill.request("vault.use-development-key", undefined));
  const restarted = page.evaluate(
    () => new Promise<boolean>((resolve) => window.qwill.on("worker-restarted", () => resolve(true))),
  );
  const before = await qwill.processId("Qwill library");
  expect(before).not.toBeNull();
  process.kill(before ?? 0, "SIGKILL");
  expect(await restarted).toBe(true);
  expect(await page.evaluate(() => window.qwill.request("collections.list", undefined))).toMatchObject({
    ok: true,
  });
  expect(await qwill.processId("Qwill library")).not.toBe(before);
});

test("nothing of a page's own reaches the network, another page, the machine or Node", async ({
  qwill,
  page,
}) => {
  expect(
    await page.evaluate(() => [typeof require, typeof process, Object.keys(window.qwill).sort()]),
  ).toEqual(["undefined", "undefined", ["on", "request", "stream"]]);
  const preferences = await qwill.electron.evaluate(({ webContents }) =>
    // Not in Electron's types: what the page really runs with, not what was asked for.
    webContents
      .getAllWebContents()
      .map((contents) =>
        (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
      ),
  );
  for (const one of preferences) {
    expect(one).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
  }
  await qwill.confirmWith(0);
  const refused = await page.evaluate(async () => {
    const outcomes: string[] = [];
    for (const url of [
      "https://example.org/",
      "http://127.0.0.1:1/",
      "file:///etc/passwd",
      "data:text/plain,x",
    ]) {
      outcomes.push(
        await fetch(url).then(
          () => `${url} answered`,
          () => "refused",
        ),
      );
      const image = new Image();
      outcomes.push(
        await new Promise((resolve) => {
          image.addEventListener("load", () => resolve(`${url} loaded`));
          image.addEventListener("error", () => resolve("refused"));
          image.src = url;
        }),
      );
      outcomes.push(window.open(url) === null ? "refused" : `${url} opened`);
    }
    return outcomes;
  });
  expect(new Set(refused)).toEqual(new Set(["refused"]));
});
