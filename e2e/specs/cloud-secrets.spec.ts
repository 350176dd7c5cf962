import type { Page } from "@playwright/test";
import { makeCertificates } from "../fakes/certificates.ts";
import { startProviderFake } from "../fakes/provider-fake.ts";
import { Providers } from "../pages/providers.ts";
import { Suggest } from "../pages/suggest.ts";
import { ask } from "../support/ask-bridge.ts";
import { question, setDesk } from "../support/cloud-desk.ts";
import { filesWith } from "../support/stored-secrets.ts";
import { expect, test } from "../fixtures/test.ts";

const key = "sk-canary-4d1b8e6f20c7";
const header = "canary-header-93ab51d2";

/** Every route that only tells, with an input it takes. */
const reading: Readonly<Record<string, unknown>> = {
  "app.info": undefined,
  "settings.get": undefined,
  "vault.status": undefined,
  "collections.list": undefined,
  "library.files": {},
  "library.file-rows": { ids: [1] },
  "library.progress": undefined,
  "library.folders": undefined,
  "documents.get": { id: 1 },
  "documents.passages": { id: 1, offset: 0, limit: 10 },
  "search.run": { question },
  "search.questions": undefined,
  "models.list": undefined,
  "suggestions.list": { offset: 0, limit: 10 },
  "providers.vendors": undefined,
  "providers.list": undefined,
  "providers.test": { name: "house" },
  "tiers.list": undefined,
  "tiers.choices": undefined,
  "costs.report": {},
  "costs.forecast": { queriesPerDay: 1, inputTokens: 1000, outputTokens: 100, daysPerMonth: 30 },
  "costs.estimate": { id: "estimate", text: question, tier: "private" },
  "ledger.list": { offset: 0, limit: 100 },
  "fine-tune.examples": undefined,
  "fine-tune.jobs": { provider: "house" },
};

// guide: "A key is written, never shown again."
test("a key that was typed in is in no reply, no file, no log, and not in the window once the form is closed", async ({
  launch,
  writeDocument,
}) => {
  const { authority, server, client } = await makeCertificates();
  const fake = await startProviderFake("vllm", {
    apiKey: key,
    tls: { certificate: server.certificate, key: server.key, clientAuthority: authority },
  });
  const clientKey = client.key.split("\n")[1] ?? "";
  const secrets = [key, header, clientKey];
  try {
    const app = await launch();
    const providers = new Providers(app);
    const suggest = new Suggest(app);
    await setDesk(app, writeDocument);

    await test.step("set up and used", async () => {
      await providers.open();
      await providers.addWorking({
        kind: "vLLM",
        name: "house",
        address: fake.baseUrl,
        key,
        model: "contract-model",
        tier: "Private",
        headers: `X-Team: ${header}`,
        authority,
        certificate: client.certificate,
        certificateKey: client.key,
      });
      expect(fake.requests.at(-1)?.headers).toMatchObject({
        authorization: `Bearer ${key}`,
        "x-team": header,
      });
      await suggest.open();
      await suggest.chooseTier("Private");
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText("tokens sent");
    });

    await test.step("a server that repeats the key in its refusal is not quoted", async () => {
      fake.script({
        status: 401,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ error: { message: `Incorrect API key provided: ${key}`, code: key } }),
      });
      await suggest.ask(question);
      await expect(suggest.alert).toContainText("The provider refused the key");
    });

    await test.step("the form shows that there is a key, and never which", async () => {
      await providers.open();
      await providers.edit("house");
      await expect(providers.form.dialog).toContainText("A key is stored.");
      await expect(providers.form.dialog).toContainText("Stored: X-Team.");
      await providers.form.cancel();
    });

    await test.step("no route tells it", async () => {
      const told = await app.page.evaluate(async (routes) => {
        const replies: [string, unknown][] = [];
        for (const [route, input] of Object.entries(routes))
          replies.push([route, await window.qwill.request(route, input)]);
        return replies;
      }, reading);
      // A route that refuses its input would prove nothing.
      const refused = told.filter(([, reply]) => JSON.stringify(reply).includes('"bad-request"'));
      expect(refused.map(([route]) => route)).toEqual([]);
      const { rows } = await ask(app.page, "ledger.list", { offset: 0, limit: 100 });
      const payloads = [];
      for (const { id } of rows) payloads.push(await ask(app.page, "ledger.payload", { id }));
      expect(payloads.length).toBeGreaterThan(3);
      for (const secret of secrets) expect(JSON.stringify([told, payloads])).not.toContain(secret);
    });

    await test.step("the window does not hold it", async () => {
      const held = await heldIn(app.page, ["This-is-found-in-memory", ...secrets]);
      expect(held).toEqual(["This-is-found-in-memory"]);
    });

    await test.step("a secret that is taken away is sent no more, and the others are", async () => {
      await providers.open();
      await providers.edit("house");
      await providers.form.takeAway("X-Team");
      await providers.form.saveAndTest();
      await expect(providers.form.worked).toContainText("It works.");
      expect(fake.requests.at(-1)?.headers).toMatchObject({ authorization: `Bearer ${key}` });
      expect(fake.requests.at(-1)?.headers).not.toHaveProperty("x-team");
      await providers.form.done();
    });

    await app.quit();
    expect(filesWith(app.profile, secrets)).toEqual([]);
    for (const secret of secrets) expect(app.errorOutput()).not.toContain(secret);
  } finally {
    await fake.close();
  }
});

/** Which of the texts stand in the page or in a snapshot of its heap; the first is put there, as a proof. */
async function heldIn(page: Page, texts: readonly string[]): Promise<string[]> {
  await page.evaluate((proof) => {
    (window as { proof?: string }).proof = proof;
  }, texts[0] ?? "");
  const session = await page.context().newCDPSession(page);
  let snapshot = await page.content();
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => (snapshot += chunk));
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return texts.filter((text) => snapshot.includes(text));
}
