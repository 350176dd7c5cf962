import { startProviderFake, type ProviderFake } from "../fakes/provider-fake.ts";
import { startGeminiFake } from "../fakes/gemini-fake.ts";
import { Suggest } from "../pages/suggest.ts";
import { ledgerCalls, question, sentence, serveTier, servedCalls, setDesk } from "../support/cloud-desk.ts";
import { expect, test } from "../fixtures/test.ts";

/** As the fake's first events have it, before it breaks off. */
const beginning = "The notice period";
const model = "qwen-plus";

// guide: "It stays as you left it; Qwill never changes it by itself."
// guide: "What came before a break is kept and marked as cut off."
test("whatever a provider does, the person reads what happened, keeps what came, and stays in their tier", async ({
  launch,
  writeDocument,
}) => {
  const fake = await startProviderFake("dashscope", { models: [model], thoughts: "" });
  const other = await startGeminiFake();
  // Four tries of a server that never answers would take as long as four times what is usual.
  const app = await launch({ environment: { QWILL_TEST_TIMEOUT: "1000" } });
  const suggest = new Suggest(app);
  await setDesk(app, writeDocument);
  await serveTier(app, "standard", fake, { name: "qwen", vendor: "qwen", model });
  await serveTier(app, "high-quality", other, {
    name: "gemini",
    vendor: "gemini",
    model: "gemini-2.5-flash",
  });
  await suggest.open();
  await suggest.chooseTier("Standard");

  /** Asks, and waits for the sentence of a failure. Returns how often the server was called. */
  const askAndFail = async (words: string | RegExp): Promise<number> => {
    const before = fake.counts.requests;
    await suggest.ask(question);
    await expect(suggest.alert).toContainText(words);
    await expect(suggest.alert.getByRole("button", { name: "Try again" })).toBeVisible();
    await expect(suggest.alert.getByRole("button", { name: "Write on this device instead" })).toBeVisible();
    await expect(suggest.alert.getByRole("button", { name: /High quality|gemini/i })).toHaveCount(0);
    await expect(suggest.tierLine).toContainText("Standard");
    await suggest.startAnew();
    return fake.counts.requests - before;
  };

  try {
    await test.step("401: the key is refused, with the way to the settings", async () => {
      fake.fail("wrong-key");
      await suggest.ask(question);
      await expect(suggest.alert).toContainText("The provider refused the key");
      await suggest.alert.getByRole("button", { name: "Open provider settings" }).click();
      await expect(app.page.getByRole("heading", { level: 2, name: "Models and tiers" })).toBeVisible();
      await suggest.open();
      await suggest.startAnew();
      fake.fail("wrong-key");
      expect(await askAndFail("The provider refused the key")).toBe(1);
    });

    await test.step("429 with a short delay: it is waited for, and then answered", async () => {
      fake.fail("rate-limited-with-delay");
      const before = fake.counts.requests;
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText("thirty days");
      await expect(suggest.suggestion).toContainText("tokens sent");
      await expect(suggest.alert).toHaveCount(0);
      expect(fake.counts.requests - before).toBe(2);
      await suggest.startAnew();
    });

    await test.step("429 with a long delay: told at once, with the time to wait", async () => {
      fake.script({
        status: 429,
        headers: { "content-type": "application/json", "retry-after": "120" },
        body: '{"error":{"code":"limit_requests","type":"limit_requests","message":"Too many requests."}}',
      });
      expect(await askAndFail(/asks to wait.*Try again in 2/s)).toBe(1);
    });

    await test.step("429 without a delay and 500: tried again, then told", async () => {
      fake.failAlways("rate-limited");
      expect(await askAndFail("The provider asks to wait")).toBe(4);
      fake.failAlways("server-error");
      expect(await askAndFail("The provider had a fault of its own")).toBe(4);
      fake.failAlways(null);
    });

    await test.step("a slow first token: what is read is said until the answer comes", async () => {
      fake.fail("slow-first-token");
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText("Reading one passage");
      fake.release();
      await expect(suggest.suggestion).toContainText("thirty days");
      await suggest.startAnew();
    });

    for (const [name, failure, words] of [
      ["a cut stream", "cut-after-text", "The connection broke off"],
      ["a stall", "stall-after-text", "did not answer in time"],
      ["an error in the stream", "error-after-text", "had a fault of its own"],
    ] as const)
      await test.step(`${name}: what came is kept and marked, and nothing is written twice`, async () => {
        fake.fail(failure);
        const before = fake.counts.requests;
        await suggest.ask(question);
        await expect(suggest.alert).toContainText(words);
        await expect(suggest.suggestion).toContainText(beginning);
        await expect(suggest.suggestion).not.toContainText("thirty");
        await expect(suggest.suggestion).toContainText("Cut off here. What came so far is kept.");
        expect(fake.counts.requests - before).toBe(1);
        await suggest.startAnew();
      });

    await test.step("a server that never answers: told in the end", async () => {
      fake.failAlways("stall-before-head");
      await askAndFail("did not answer in time");
      fake.failAlways(null);
    });

    await test.step("the ledger has every one of these calls, byte by byte", async () => {
      expect(await ledgerCalls(app, fake.origin)).toEqual(servedCalls(fake));
    });

    await test.step("no server at all: this device writes instead, and only when it is asked to", async () => {
      await fake.close();
      await suggest.ask(question);
      await expect(suggest.alert).toContainText("The provider could not be reached");
      await expect(suggest.suggestion).not.toContainText("Quoted from your documents");
      await suggest.writeOnThisDevice();
      await expect(suggest.suggestion).toContainText(sentence);
      await expect(suggest.suggestion).toContainText("Quoted from your documents");
      await expect(suggest.tierLine).toContainText("Standard");
    });
    expect(other.counts.requests).toBe(0);
  } finally {
    await close(fake);
    await other.close();
  }
});

/** Closes a fake that a step may have closed before. */
async function close(fake: ProviderFake): Promise<void> {
  try {
    await fake.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SERVER_NOT_RUNNING") throw error;
  }
}
