import { existsSync } from "node:fs";
import {
  isRealServerInstalled,
  startRealServer,
  testModelPath,
} from "../../bench/real-server/llama-cpp-python.ts";
import { Privacy } from "../pages/privacy.ts";
import { Providers } from "../pages/providers.ts";
import { Suggest } from "../pages/suggest.ts";
import { question, setDesk } from "../support/cloud-desk.ts";
import { expect, test } from "../fixtures/test.ts";

/** A model on a busy processor reads a prompt slowly. */
const patient = { timeout: 150_000 };

/** The real window against a real server with a real small model; `npm run try:real-server` installs it. */
test("a real server of the organisation's own is set up, asked, stopped and refused in the window", async ({
  launch,
  writeDocument,
}, testInfo) => {
  const isThere = existsSync(testModelPath) && (await isRealServerInstalled());
  test.skip(!isThere, "no real server here: npm run try:real-server installs one");
  test.setTimeout(600_000);
  const server = await startRealServer("real-server-key");
  const say = (what: string, milliseconds?: number) =>
    testInfo.annotations.push({
      type: "real server",
      description: milliseconds === undefined ? what : `${what} (${(milliseconds / 1000).toFixed(1)} s)`,
    });
  try {
    const app = await launch();
    const providers = new Providers(app);
    const suggest = new Suggest(app);
    await setDesk(app, writeDocument);

    await test.step("a wrong key is told as one", async () => {
      await providers.open();
      await providers.add({
        kind: "OpenAI-compatible",
        name: "real",
        address: server.baseUrl,
        key: "wrong",
        model: server.model,
        tier: "Private",
      });
      await expect(providers.form.failure).toContainText("refused the key");
      say(`wrong key: ${await providers.form.failure.textContent()}`);
      await providers.form.enter({ key: server.apiKey });
      await providers.form.saveAndTest();
      await expect(providers.form.worked).toContainText("It works.");
      say(`right key: ${await providers.form.worked.textContent()}`);
      await providers.form.done();
    });

    await test.step("a suggestion streams; its tokens are counted here, since the server reports none", async () => {
      await suggest.open();
      await suggest.chooseTier("Private");
      await expect(suggest.tierLine).toContainText(new URL(server.baseUrl).host);
      const started = performance.now();
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText("counted here, an estimate", patient);
      await expect(suggest.suggestion).toContainText(`Written by ${server.model} at real`);
      say(`answer: ${await suggest.suggestion.textContent()}`, performance.now() - started);
      await suggest.startAnew();
    });

    await test.step("Esc stops it, and the server serves the next one at once", async () => {
      await suggest.ask("Write a long letter about the notice period, with many details.");
      await expect(suggest.suggestion.locator(".document")).not.toBeEmpty(patient);
      await app.page.keyboard.press("Escape");
      await expect(suggest.suggestion).toContainText("Stopped.");
      await suggest.startAnew();
      const started = performance.now();
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText("tokens sent", patient);
      say("next answer after a stop", performance.now() - started);
    });

    await test.step("the ledger has every call", async () => {
      const privacy = new Privacy(app);
      await privacy.open();
      const calls = await privacy.calls.allTextContents();
      expect(calls.filter((call) => call.includes("Stopped"))).toHaveLength(1);
      expect(calls.filter((call) => call.includes("Under way"))).toEqual([]);
      say(`ledger, newest first: ${calls.join(" | ")}`);
    });
    for (const { description } of testInfo.annotations) console.log(description);
  } finally {
    await server.close();
  }
});
