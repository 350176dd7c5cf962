import { dirname } from "node:path";
import { DocumentView } from "../pages/document-view.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { SourcesPane } from "../pages/sources-pane.ts";
import { Suggest } from "../pages/suggest.ts";
import { TestBench } from "../pages/test-bench.ts";
import { documentText } from "../support/many-documents.ts";
import { smallPdf } from "../support/small-pdf.ts";
import { expect, test } from "../fixtures/test.ts";

const onPageTwo = "The ferry bell was cast in Brackwater in the year 1871.";
const underHeading = "The red lantern is lit when the harbour is closed to small boats.";

test("from first run over folder, search, suggestion, citation and stop to a restart with everything there", async ({
  launch,
  writeDocument,
}) => {
  const folder = dirname(
    writeDocument(
      "harbour.md",
      "# Harbour rules\n\nBoats keep to the right of the channel.\n\n## Lanterns\n\n" +
        `${underHeading}\n\n## Ropes\n\nRopes are dried before they are coiled.\n`,
    ),
  );
  writeDocument(
    "chronicle.pdf",
    smallPdf([
      "The chronicle begins with the building of the quay, stone by stone, over nine summers.",
      `The ferry is older than the quay. ${onPageTwo} It is rung in fog.`,
      "The last pages tell of the school, its garden and its bees.",
    ]),
  );
  const count = 42;
  for (let number = 1; number <= count - 2; number++)
    writeDocument(`reports/report-${number}.md`, documentText(number));

  const first = await launch();
  const firstRun = new FirstRun(first);
  await firstRun.chooseKey();
  await firstRun.addFolder(folder);

  await test.step("progress is shown while it is read and embedded, then every row is ready", async () => {
    const library = new Library(first);
    await expect(library.progress).toBeVisible();
    await expect(library.progress).toContainText(/\d+ of \d+ files/);
    await expect(library.progress.getByRole("progressbar")).toBeVisible();
    await library.expectIdle();
    await expect(library.files).toHaveAttribute("aria-rowcount", String(count + 1));
    for (const name of ["harbour.md", "chronicle.pdf"])
      await expect(library.row(name)).toContainText("Ready");
  });

  await test.step("the bench ranks the right passage first, by words, meaning and both", async () => {
    const bench = new TestBench(first);
    await bench.open();
    await bench.ask("When was the ferry bell cast?");
    for (const mode of ["Both", "Meaning", "Words"] as const) {
      await bench.searchBy(mode);
      await expect(bench.passages.first()).toContainText(onPageTwo);
      await expect(bench.passages.first()).toContainText("Page 2");
    }
  });

  const suggest = new Suggest(first);
  const sources = new SourcesPane(first);
  await test.step("a citation opens the sentence on its page, and the library opens it there too", async () => {
    await suggest.open();
    await suggest.ask("When was the ferry bell cast?");
    await expect(suggest.suggestion).toContainText(onPageTwo);
    await suggest
      .citation(/Page 2\. Stands there word for word/)
      .first()
      .click();
    await expect(sources.marked).toHaveText(onPageTwo);
    await expect(sources.marked).toBeInViewport();
    await expect(sources.document("chronicle")).toContainText("Page 2");
    await sources.openInLibrary();
    const view = new DocumentView(first);
    await expect(view.marked).toHaveText(onPageTwo);
    await expect(view.marked).toBeInViewport();
    await view.back();
  });

  await test.step("a citation under a heading opens it there", async () => {
    await suggest.open();
    await suggest.ask("What does the red lantern mean for small boats?");
    await expect(suggest.suggestion).toContainText(underHeading);
    await suggest
      .citation(/Lanterns.*Stands there word for word/)
      .first()
      .click();
    await expect(sources.marked).toHaveText(underHeading);
    await expect(sources.document("Harbour rules")).toContainText("Lanterns");
  });

  await test.step("a suggestion that runs can be stopped", async () => {
    // The library holds its breath, so that the suggestion is certain to be under way.
    const libraryProcess = (await first.processId("Qwill library")) ?? 0;
    process.kill(libraryProcess, "SIGSTOP");
    await suggest.ask("What is dried before it is coiled?");
    await suggest.stop.click();
    await expect(suggest.suggestion).toContainText("Stopped.");
    await expect(suggest.stop).toHaveCount(0);
    process.kill(libraryProcess, "SIGCONT");
    await suggest.ask("What is dried before it is coiled?");
    await expect(suggest.suggestion).toContainText("Ropes are dried before they are coiled.");
  });
  await first.quit();

  await test.step("after a restart everything is there, and nothing is read again", async () => {
    const second = await launch();
    const library = new Library(second);
    await library.open();
    await expect(library.files).toHaveAttribute("aria-rowcount", String(count + 1));
    await expect(library.row("chronicle.pdf")).toContainText("Ready");
    await library.expectIdle();
    const again = new Suggest(second);
    await again.open();
    await again.ask("When was the ferry bell cast?");
    await expect(again.suggestion).toContainText(onPageTwo);
  });
});
