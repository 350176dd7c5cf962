import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { SourcesPane } from "../pages/sources-pane.ts";
import { Suggest } from "../pages/suggest.ts";
import { expect, test } from "../fixtures/test.ts";

/** The thinnest whole path; when this fails, look at nothing else first. */
test("one text file becomes one quoted suggestion, and its citation opens the sentence", async ({
  qwill,
  writeDocument,
}) => {
  const firstRun = new FirstRun(qwill);
  await firstRun.chooseKey();
  await firstRun.beginEmpty();

  const library = new Library(qwill);
  await library.open();
  const sentence = "Heather honey is harvested in late August.";
  await library.addFiles([
    writeDocument("bees.txt", `Bees sleep in winter.\n\n${sentence}\n\nWax is melted in autumn.\n`),
  ]);
  await expect(library.row("bees.txt")).toContainText("Ready");

  const suggest = new Suggest(qwill);
  await suggest.open();
  await suggest.ask("When is heather honey harvested?");
  await expect(suggest.suggestion).toContainText(sentence);
  await expect(suggest.suggestion).toContainText("1 of 1 citation found word for word");
  await suggest.citation(/Stands there word for word/).click();
  await expect(new SourcesPane(qwill).marked).toHaveText(sentence);
});
