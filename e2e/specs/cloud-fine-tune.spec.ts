import { readFileSync } from "node:fs";
import { join } from "node:path";
import { trainingMessages, trainingSystem } from "../../core/providers/fine-tune/training-lines.ts";
import { countPrompt } from "../../core/providers/tokens/count-tokens.ts";
import { countQwenTokens } from "../../core/providers/tokens/qwen-tokens.ts";
import { startFineTuneFake } from "../fakes/fine-tune-fake.ts";
import { Costs } from "../pages/costs.ts";
import { FineTune } from "../pages/fine-tune.ts";
import { Providers } from "../pages/providers.ts";
import { Suggest } from "../pages/suggest.ts";
import { ask } from "../support/ask-bridge.ts";
import { ledgerCalls, serveTier, servedCalls, setDesk } from "../support/cloud-desk.ts";
import { expect, test } from "../fixtures/test.ts";

const count = async (text: string) => (await countQwenTokens([text]))[0] ?? 0;

const requests = [
  "How long is the notice period?",
  "How many rooms has the flat?",
  "What is the notice period?",
];

// guide: "Read each example and leave out what should not be uploaded: as long as no sanitiser is
// installed, names and numbers stand in it as they are."
// guide: "The cost is shown before you can submit; nothing leaves before that."
test("accepted suggestions are reviewed, exported, priced, uploaded, followed and used, each when it is asked for", async ({
  launch,
  profile,
  writeDocument,
}) => {
  const fake = await startFineTuneFake({ steps: 1 });
  try {
    const app = await launch();
    const suggest = new Suggest(app);
    const tune = new FineTune(app);
    await setDesk(app, writeDocument);
    await serveTier(
      app,
      "standard",
      { baseUrl: `${fake.origin}/compatible-mode/v1`, apiKey: fake.apiKey },
      { name: "account", vendor: "qwen", model: "qwen-plus" },
    );

    await test.step("what is accepted becomes an example, and says that it was not sanitised", async () => {
      await suggest.open();
      for (const request of requests) {
        await suggest.ask(request);
        await expect(suggest.suggestion).toContainText("Quoted from your documents");
        await suggest.accept();
      }
      await tune.open();
      for (const request of requests) await expect(tune.example(request)).toBeChecked();
      await expect(tune.screen).toContainText("No sanitiser is installed");
      // By the tokenizer, on its thread: an estimate is another number.
      const { examples } = await ask(app.page, "fine-tune.examples", undefined);
      for (const { request, answer, tokens } of examples)
        expect(tokens).toBe(await countPrompt(trainingMessages({ request, answer }, trainingSystem), count));
    });

    const file = join(profile, "training.jsonl");
    await test.step("what is left out is not in the export", async () => {
      await tune.example(requests[2] ?? "").uncheck();
      await expect(tune.screen).toContainText("2 of 3 kept");
      await tune.exportTo(file);
      await expect.poll(() => linesOf(file).length).toBe(2);
      expect(linesOf(file).every(({ messages }) => messages.at(-1)?.role === "assistant")).toBe(true);
      expect(readFileSync(file, "utf8")).not.toContain(requests[2]);
    });

    await test.step("the cost is shown before anything is uploaded", async () => {
      await expect(tune.submit).toBeDisabled();
      await tune.showCost();
      await expect(tune.quote).toContainText(/About (CN)?¥[\d.]+, at the price of/);
      await expect(tune.quote).toContainText("2 examples");
      expect(fake.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    });

    await test.step("a job uploads exactly what was reviewed, and is followed to its end", async () => {
      await tune.submitAs("my-writing");
      await expect(tune.job("my-writing")).toBeVisible();
      expect([...fake.files.values()]).toEqual([readFileSync(file, "utf8")]);
      for (const state of ["In the queue", "Training", "Trained"]) await untilSeen(tune, state);
    });

    await test.step("it is deployed, and serves the tier once the person says so", async () => {
      await tune.deploy("my-writing");
      await untilSeen(tune, "Deployed");
      await tune.use("my-writing");
      const providers = new Providers(app);
      await providers.open();
      await expect(providers.provider("tuned-my-writing")).toContainText("Serves High quality");
    });

    await test.step("a second one is cancelled, and both are removed", async () => {
      await tune.open();
      await tune.showCost();
      await tune.submitAs("second");
      await tune.cancel("second");
      await expect(tune.job("second")).toContainText(/Cancelled|Being cancelled/);
      await untilSeen(tune, "Cancelled", "second");
      await tune.remove("second");
      await expect(tune.job("second")).toHaveCount(0);
      await tune.remove("my-writing");
      await expect(tune.job("my-writing")).toHaveCount(0);
      expect(fake.deployments.size).toBe(0);
    });

    await test.step("ledger and costs have it", async () => {
      expect(await ledgerCalls(app, fake.origin)).toEqual(servedCalls(fake));
      const costs = new Costs(app);
      await costs.open();
      await expect(costs.line("account")).toContainText("¥");
    });
  } finally {
    await fake.close();
  }
});

/** Asks the provider again until a job is in the state. */
async function untilSeen(tune: FineTune, state: string, name = "my-writing"): Promise<void> {
  await expect(async () => {
    if (!(await tune.job(name).textContent())?.includes(state)) await tune.refresh();
    await expect(tune.job(name)).toContainText(state, { timeout: 1000 });
  }).toPass();
}

function linesOf(path: string): { messages: { role: string; content: string }[] }[] {
  try {
    return readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { messages: { role: string; content: string }[] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
