import { startProviderFake } from "../fakes/provider-fake.ts";
import { Costs } from "../pages/costs.ts";
import { Suggest } from "../pages/suggest.ts";
import { question, serveTier, setDesk } from "../support/cloud-desk.ts";
import { expect, test } from "../fixtures/test.ts";

const model = "qwen-plus";

// guide: "Amounts come from counted tokens and a price table whose date is shown; ≈ marks what was
// counted here because the server reported nothing."
test("the month shows the tokens that a server reported, marks those counted here, and the day of the price", async ({
  launch,
  writeDocument,
}) => {
  const reports = await startProviderFake("dashscope", { models: [model], thoughts: "" });
  const keepsSilent = await startProviderFake("llama-cpp-python", { apiKey: "key", thoughts: "" });
  try {
    const app = await launch();
    await setDesk(app, writeDocument);
    await serveTier(app, "standard", reports, {
      name: "reports",
      vendor: "qwen",
      model,
      region: "singapore",
    });
    await serveTier(app, "high-quality", keepsSilent, {
      name: "keeps-silent",
      vendor: "qwen",
      model,
      region: "singapore",
    });
    const suggest = new Suggest(app);
    await suggest.open();
    for (const tier of ["Standard", "High quality"] as const) {
      await suggest.chooseTier(tier);
      await suggest.ask(question);
      await expect(suggest.suggestion).toContainText("tokens sent");
      await suggest.startAnew();
    }

    const costs = new Costs(app);
    await costs.open();
    const [billed] = reports.billed;
    const figures = [billed?.prompt_tokens, billed?.completion_tokens].map((tokens) =>
      (tokens ?? 0).toLocaleString("en"),
    );
    const cells = costs.line("reports").getByRole("cell");
    await expect(cells).toHaveText(["1", ...figures, /^(US)?\$[\d.]+$/]);
    await expect(costs.line("keeps-silent").getByRole("cell").last()).toHaveText(/^≈ .*(US)?\$[\d.]+$/);
    await expect(costs.screen).toContainText("because the server reported no usage");
    await expect(costs.price("reports")).toContainText(/Price of .*20\d\d/);
  } finally {
    await Promise.all([reports.close(), keepsSilent.close()]);
  }
});
