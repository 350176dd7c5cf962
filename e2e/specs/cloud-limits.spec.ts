import { startProviderFake } from "../fakes/provider-fake.ts";
import { Costs } from "../pages/costs.ts";
import { Library } from "../pages/library.ts";
import { Privacy } from "../pages/privacy.ts";
import { Suggest } from "../pages/suggest.ts";
import { ask } from "../support/ask-bridge.ts";
import { ledgerCalls, question, sentence, serveTier, servedCalls, setDesk } from "../support/cloud-desk.ts";
import { expect, test } from "../fixtures/test.ts";

const model = "qwen-plus";

// guide: "Search always runs here: a request carries your words and the passages that were found."
// guide: "A collection goes no further than you allow: Library, the three dots, Its text may travel."
// guide: "A conversation that holds passages asks before they go further than they have been."
// guide: "Budget: a warning, and a stop that holds before anything is sent."
test("what a person forbids is not sent: stopped, kept on this device, not agreed to, over the budget", async ({
  launch,
  writeDocument,
}) => {
  const fake = await startProviderFake("dashscope", { models: [model], thoughts: "" });
  try {
    const app = await launch();
    const suggest = new Suggest(app);
    const library = new Library(app);
    await setDesk(app, writeDocument, "as-made");
    await serveTier(app, "standard", fake, { name: "qwen", vendor: "qwen", model, region: "singapore" });
    await suggest.open();

    await test.step("new collections are for this device only: the first request names it, says who sees what, and offers", async () => {
      await suggest.chooseTier("Standard");
      await suggest.ask(question);
      const host = new URL(fake.origin).host;
      await expect(suggest.alert).toContainText("“My documents” may not travel beyond this device.");
      await expect(suggest.alert).toContainText(`${host} sees your request and the passages`);
      expect(fake.counts.connections).toBe(0);
      await suggest.letTravel("“My documents”", "the cloud");
      await expect(suggest.suggestion).toContainText("tokens sent");
      expect(fake.requests[0]?.body).toContain(sentence);
      await suggest.startAnew();
      await suggest.chooseTier("This device");
    });

    await test.step("a conversation with passages asks before it goes further, and can stay", async () => {
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText(sentence);
      await suggest.chooseTier("Standard");
      const before = fake.counts.requests;
      await suggest.ask("And for a garage?");
      const host = new URL(fake.origin).host;
      await expect(suggest.alert).toContainText(
        `This conversation holds passages from your documents. Send them to ${host}?`,
      );
      await expect(suggest.alert).toContainText("Nothing was sent yet.");
      expect(fake.counts.requests).toBe(before);
      await suggest.writeOnThisDevice();
      await expect(suggest.suggestion).toContainText(/Quoted from your documents|say nothing about this/);
      expect(fake.counts.requests).toBe(before);
      await suggest.ask("And for a cellar?");
      await suggest.agreeToSend();
      await expect(suggest.suggestion).toContainText("tokens sent");
      expect(fake.counts.requests).toBe(before + 1);
      expect(fake.requests.at(-1)?.body).toContain(sentence);
      await suggest.startAnew();
    });

    await test.step("Esc stops a suggestion, before and after its first word, down to the socket", async () => {
      for (const failure of ["stall-before-head", "stall-after-text"] as const) {
        const before = fake.counts.requests;
        fake.fail(failure);
        await suggest.ask(question);
        if (failure === "stall-after-text") await expect(suggest.suggestion).toContainText("The notice");
        else await expect.poll(() => fake.counts.requests).toBe(before + 1);
        expect(fake.counts.openStreams).toBe(1);
        await app.page.keyboard.press("Escape");
        await expect(suggest.suggestion).toContainText("Stopped.");
        await expect.poll(() => fake.counts.openStreams).toBe(0);
        await suggest.startAnew();
      }
      const calls = await ledgerCalls(app, fake.origin);
      expect(calls.map(({ sent }) => sent)).toEqual(servedCalls(fake).map(({ sent }) => sent));
      const privacy = new Privacy(app);
      await privacy.open();
      await expect(privacy.calls.nth(0)).toContainText("Stopped");
      await expect(privacy.calls.nth(1)).toContainText("Stopped");
      await suggest.open();
    });

    await test.step("a collection that is kept on this device is sent nowhere, and says which it is", async () => {
      const before = fake.counts.requests;
      await library.open();
      await library.letTravel("My documents", "This device only");
      await suggest.open();
      await suggest.ask(question);
      await expect(suggest.alert).toContainText("may not travel beyond this device");
      await expect(suggest.alert).toContainText("Your text was not sent.");
      expect(fake.counts.requests).toBe(before);
      await suggest.writeOnThisDevice();
      await expect(suggest.suggestion).toContainText(sentence);
      // Agreeing lets the conversation go further, not the collection that its answer drew on.
      await suggest.ask("And for a shed?");
      await expect(suggest.alert).toContainText("may not travel beyond this device");
      await suggest.startAnew();
      await suggest.ask(question);
      await suggest.sendWithout();
      await expect(suggest.suggestion).toContainText("Not searched, since it may not travel that far");
      await expect(suggest.suggestion).toContainText("tokens sent");
      expect(fake.requests.at(-1)?.body).not.toContain(sentence);
      await suggest.startAnew();
      await library.open();
      await library.letTravel("My documents", "Up to the cloud");
    });

    await test.step("a budget that is used up stops what costs money before it is sent", async () => {
      const before = fake.counts.requests;
      const costs = new Costs(app);
      await costs.open();
      await costs.setBudget({ currency: "USD", stopAt: "0" });
      await expect(costs.budgetState).toContainText("Nothing that costs money is sent");
      await suggest.open();
      await suggest.ask(question);
      await expect(suggest.alert).toContainText("is used up");
      await expect(suggest.alert).toContainText("nothing was sent");
      expect(fake.counts.requests).toBe(before);
      await suggest.writeOnThisDevice();
      await expect(suggest.suggestion).toContainText(sentence);
      await suggest.startAnew();
      // Nor does a page that asks by itself get past it: the stop is in main.
      const last = await app.page.evaluate(
        (text) =>
          new Promise((resolve) => {
            let event: unknown;
            window.qwill.stream(
              "suggest",
              { id: "past-the-stop", text, tier: "standard" },
              (next) => (event = next),
              () => resolve(event),
            );
          }),
        question,
      );
      expect(last).toMatchObject({ type: "suggest-error", failure: { code: "budget-exceeded" } });
      expect(fake.counts.requests).toBe(before);
    });

    await test.step("raised again, it lets the next one through", async () => {
      const { budget } = await ask(app.page, "costs.report", {});
      await ask(app.page, "costs.set-budget", { ...budget, stopAt: 5 });
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText("thirty days");
    });
  } finally {
    await fake.close();
  }
});
