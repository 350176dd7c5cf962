import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { SourcesPane } from "../pages/sources-pane.ts";
import { Suggest } from "../pages/suggest.ts";
import { TestBench } from "../pages/test-bench.ts";
import { expect, test } from "../fixtures/test.ts";

test("a text that stands in several files is shown once, and the keyboard reaches every place of it", async ({
  qwill,
  writeDocument,
}) => {
  const firstRun = new FirstRun(qwill);
  await firstRun.chooseKey();
  await firstRun.beginEmpty();
  const library = new Library(qwill);
  await library.open();
  const names = ["spring.txt", "summer.txt", "autumn.txt"];
  await library.addFiles(
    names.map((name) => writeDocument(name, "Heather honey is harvested in late August.\n")),
  );
  for (const name of names) await expect(library.row(name)).toContainText("Ready");

  const bench = new TestBench(qwill);
  await bench.open();
  await bench.ask("When is heather honey harvested?");
  await expect(bench.passages).toHaveCount(1);
  await bench.passages.getByText("and 2 like it").focus();
  await qwill.page.keyboard.press("Enter");
  const copies = bench.passages.getByRole("list").getByRole("button");
  await expect(copies).toHaveCount(2);
  await qwill.page.keyboard.press("Tab");
  await expect(copies.first()).toBeFocused();
  const title = (await copies.first().innerText()).trim();
  await qwill.page.keyboard.press("Enter");
  await expect(qwill.page.getByRole("region", { name: `Document: ${title}` })).toBeVisible();

  const suggest = new Suggest(qwill);
  await suggest.open();
  await suggest.ask("When is heather honey harvested?");
  await expect(suggest.suggestion).toContainText("late August");
  const sources = new SourcesPane(qwill);
  await sources.pane.getByText("and 2 like it").click();
  const other = sources.pane.getByRole("listitem").getByRole("list").getByRole("button").last();
  const otherTitle = (await other.innerText()).trim();
  await other.click();
  await expect(sources.document(otherTitle)).toBeVisible();
});
