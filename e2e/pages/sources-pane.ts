import type { Locator, Page } from "@playwright/test";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** The pane beside a suggestion: the passages it stands on, and the document one of them opens. */
export class SourcesPane {
  readonly #page: Page;
  readonly pane: Locator;
  /** The words a citation points at. */
  readonly marked: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.pane = app.page.getByRole("region", { name: "Sources" });
    this.marked = this.pane.getByRole("region", { name: /^Document: / }).locator("mark");
  }

  source(words: string | RegExp): Locator {
    return this.pane.getByRole("button", { name: words });
  }

  document(title: string): Locator {
    return this.pane.getByRole("region", { name: `Document: ${title}` });
  }

  async openInLibrary(): Promise<void> {
    await this.#page.getByRole("button", { name: "Open in Library" }).click();
  }
}
