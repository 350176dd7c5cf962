import type { Locator } from "@playwright/test";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** A whole document in the library. */
export class DocumentView {
  readonly #app: QwillApp;
  readonly marked: Locator;

  constructor(app: QwillApp) {
    this.#app = app;
    this.marked = app.page.getByRole("region", { name: /^Document: / }).locator("mark");
  }

  text(title: string): Locator {
    return this.#app.page.getByRole("region", { name: `Document: ${title}` });
  }

  async back(): Promise<void> {
    await this.#app.page.getByRole("button", { name: "Back" }).click();
  }
}
