import type { Locator, Page } from "@playwright/test";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** The Suggest screen: the composer and the suggestions below it. */
export class Suggest {
  readonly #page: Page;
  readonly request: Locator;
  /** The suggestion asked for last. */
  readonly suggestion: Locator;
  readonly stop: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.request = app.page.getByRole("textbox", { name: "Your request" });
    this.suggestion = app.page.getByRole("region", { name: "Suggestion", exact: true }).last();
    this.stop = app.page.getByRole("button", { name: "Stop", exact: true });
  }

  async open(): Promise<void> {
    await this.#page.getByRole("button", { name: "Suggest", exact: true }).click();
  }

  /** Asks with the keys a person learns first. */
  async ask(request: string): Promise<void> {
    await this.request.fill(request);
    await this.request.press("Control+Enter");
  }

  async chooseIntent(intent: string): Promise<void> {
    await this.#page
      .getByRole("radiogroup", { name: "What to do" })
      .getByRole("radio", { name: intent })
      .check();
  }

  /** Citation chips of the last suggestion whose spoken name holds the words. */
  citation(words: string | RegExp): Locator {
    return this.suggestion.getByRole("button", { name: words });
  }
}
