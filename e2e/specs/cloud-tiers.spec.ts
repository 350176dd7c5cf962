import type { QwillApp } from "../fixtures/qwill-app.ts";
import { makeCertificates } from "../fakes/certificates.ts";
import { startGeminiFake } from "../fakes/gemini-fake.ts";
import { startProviderFake } from "../fakes/provider-fake.ts";
import { Costs } from "../pages/costs.ts";
import { Privacy } from "../pages/privacy.ts";
import { Providers } from "../pages/providers.ts";
import { SourcesPane } from "../pages/sources-pane.ts";
import { Suggest } from "../pages/suggest.ts";
import { ledgerCalls, question, sentence, servedCalls, setDesk } from "../support/cloud-desk.ts";
import { expect, test } from "../fixtures/test.ts";

const qwenHost = "dashscope-intl.aliyuncs.com";
const geminiHost = "generativelanguage.googleapis.com";
const model = "qwen-plus";

// guide: "The line above the composer says where your text goes."
// guide: "In every tier but this device, tokens and cost are estimated under the composer before you
// send."
// guide: "Press the time to read exactly what was sent."
test("every tier is set up, tried, chosen and asked in the window; ledger and costs have every call", async ({
  launch,
  writeDocument,
}) => {
  const { authority, server, client } = await makeCertificates([qwenHost, geminiHost]);
  const tls = { certificate: server.certificate, key: server.key };
  const local = await startProviderFake("vllm", { apiKey: "key-of-vllm" });
  const house = await startProviderFake("sglang", {
    apiKey: "key-of-sglang",
    tls: { ...tls, clientAuthority: authority },
  });
  const qwen = await startProviderFake("dashscope", { apiKey: "key-of-qwen", models: [model], tls });
  const gemini = await startGeminiFake({ apiKey: "key-of-gemini", thoughts: "", tls });
  const at = (origin: string) => new URL(origin).host;
  try {
    const app = await launch({
      environment: {
        QWILL_TEST_HOSTS: `${qwenHost}=${at(qwen.origin)} ${geminiHost}=${at(gemini.origin)}`,
      },
    });
    await setDesk(app, writeDocument);
    const providers = new Providers(app);
    const suggest = new Suggest(app);

    await test.step("a private server on this computer, over plain http", async () => {
      await providers.open();
      await providers.addWorking({
        kind: "vLLM",
        name: "desk",
        address: local.baseUrl,
        key: "key-of-vllm",
        model: "contract-model",
        tier: "Private",
      });
      await expect(providers.provider("desk")).toContainText("Serves Private");
      await suggest.open();
      await suggest.chooseTier("Private");
      await expect(suggest.tierLine).toContainText(`On this device: ${at(local.origin)}`);
      await suggest.request.fill(question);
      await expect(suggest.beforeSending).toContainText("no price: your own server");
      await askAndRead(app, local.answer.text);
      await expect(suggest.suggestion).toContainText("Written by contract-model at desk");
      await expect(suggest.suggestion).toContainText(/\d+ tokens sent, \d+ written/);
      await suggest
        .citation(/^Citation 1: lease\.txt\. A sentence there says it with the same words/)
        .first()
        .click();
      await expect(new SourcesPane(app).marked).toContainText("thirty days");
    });

    await test.step("a private server with an authority and a client certificate of its own", async () => {
      await providers.open();
      const entries = {
        kind: "SGLang",
        name: "house",
        address: house.baseUrl,
        key: "key-of-sglang",
        model: "contract-model",
      };
      await providers.add({ ...entries, tier: "Private" });
      await expect(providers.form.failure).toContainText("certificate is not trusted");
      expect(house.counts.requests).toBe(0);
      await providers.form.enter({
        authority,
        certificate: client.certificate,
        certificateKey: client.key,
      });
      await providers.form.saveAndTest();
      await expect(providers.form.worked).toContainText("2 models offered");
      await providers.form.done();
      await suggest.open();
      await askAndRead(app, house.answer.text);
      await expect(suggest.suggestion).toContainText("Written by contract-model at house");
    });

    await test.step("hosted Qwen in its own region, thinking", async () => {
      await providers.open();
      await providers.addWorking({
        kind: "Qwen (Model Studio)",
        name: "qwen",
        region: "Singapore",
        key: "key-of-qwen",
        model,
        tier: "Standard",
        thinks: true,
        authority,
      });
      await suggest.open();
      await suggest.chooseTier("Standard");
      await expect(suggest.tierLine).toContainText(`To ${qwenHost}`);
      await suggest.request.fill(question);
      await expect(suggest.beforeSending).toContainText(/about (US)?\$/);
      await askAndRead(app, qwen.answer.text, true);
      await expect(suggest.suggestion).toContainText(/about (US)?\$/);
      await suggest.suggestion.getByText("Thinking", { exact: true }).click();
      await expect(suggest.suggestion.getByText(qwen.answer.thoughts)).toBeVisible();
    });

    await test.step("Gemini", async () => {
      await providers.open();
      await providers.addWorking({
        kind: "Google Gemini",
        name: "gemini",
        key: "key-of-gemini",
        model: "gemini-2.5-flash",
        tier: "High quality",
        authority,
      });
      await suggest.open();
      await suggest.chooseTier("High quality");
      await expect(suggest.tierLine).toContainText(`To ${geminiHost}`);
      await askAndRead(app, gemini.text, true);
      await expect(suggest.suggestion).toContainText(/about (US)?\$/);
    });

    await test.step("this device again: nothing leaves", async () => {
      const before = [local, house, qwen, gemini].map(({ counts }) => counts.requests);
      await suggest.chooseTier("This device");
      await expect(suggest.tierLine).toContainText("On this device: nothing leaves");
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText(sentence);
      await expect(suggest.suggestion).toContainText("Quoted from your documents");
      expect([local, house, qwen, gemini].map(({ counts }) => counts.requests)).toEqual(before);
    });

    await test.step("the ledger has the bytes of every call as the servers counted them", async () => {
      expect(await ledgerCalls(app, local.origin)).toEqual(servedCalls(local));
      // The handshake without the authority was refused before a byte of the call was sent.
      const atHouse = await ledgerCalls(app, house.origin);
      expect(atHouse.slice(-house.requests.length)).toEqual(servedCalls(house));
      expect(await ledgerCalls(app, `https://${qwenHost}`)).toEqual(servedCalls(qwen));
      expect(await ledgerCalls(app, `https://${geminiHost}`)).toEqual(servedCalls(gemini));
    });

    await test.step("the privacy screen shows the last call with its exact text", async () => {
      const privacy = new Privacy(app);
      await privacy.open();
      const call = privacy.calls.first();
      await expect(call).toContainText(geminiHost);
      await expect(call).toContainText("Completed");
      await privacy.openCall(call);
      const last = gemini.requests.at(-1);
      expect(await privacy.facts()).toMatchObject({
        request: `POST https://${geminiHost}${last?.path.replace(/\?.*$/, "")}`,
        sent: last?.requestBytes,
        received: last?.responseBytes,
      });
      await expect(privacy.payloadText()).toHaveText(last?.body ?? "");
      await privacy.closeCall();
    });

    await test.step("the costs screen has a line for each provider", async () => {
      const costs = new Costs(app);
      await costs.open();
      // The test of hosted Qwen's connection asks for one token, which is billed.
      for (const [name, calls] of Object.entries({ desk: "1", house: "1", qwen: "2", gemini: "1" }))
        await expect(costs.line(name).getByRole("cell").first()).toHaveText(calls);
      await expect(costs.line("qwen")).toContainText("$");
      await expect(costs.line("gemini")).toContainText("$");
    });
  } finally {
    await Promise.all([local, house, qwen, gemini].map((fake) => fake.close()));
  }
});

/** Asks in the tier that is chosen, and reads the whole answer; agrees to its reach where that is asked. */
async function askAndRead(app: QwillApp, answer: string, isLongerReach = false): Promise<void> {
  const suggest = new Suggest(app);
  await suggest.ask(question);
  if (isLongerReach) await suggest.agreeToSend();
  const [words = ""] = answer.split(" [1]");
  await expect(suggest.suggestion).toContainText(words);
  await expect(suggest.suggestion).toContainText("tokens sent");
}
