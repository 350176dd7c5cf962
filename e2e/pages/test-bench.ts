import type { Locator, Page } from "@playwright/test";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** The bench of the library: which passages a question finds. */
export class TestBench {
  readonly #page: Page;
  readonly passages: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.passages = app.page.getByRole("list", { name: "Ranked passages" }).getByRole("listitem");
  }

  async open(): Promise<void> {
    await this.#page.getByRole("button", { name: "Library", exact: true }).click();
    await this.#page.getByRole("tab", { name: "Test a question" }).click();
  }

  async ask(question: string): Promise<void> {
    await this.#page.getByRole("textbox", { name: "A question to test" }).fill(question);
    await this.#page.getByRole("button", { name: "Test", exact: true }).click();
  }

  /** Searches again by words alone, by meaning alone, or by both. */
  async searchBy(mode: "Both" | "Meaning" | "Words"): Promise<void> {
    await this.#page
      .getByRole("radiogroup", { name: "Search by" })
      .getByRole("radio", { name: mode })
      .check();
  }
}
