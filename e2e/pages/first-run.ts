import type { Page } from "@playwright/test";
import { expect } from "../fixtures/test.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** What a newcomer sees: who sees the data, where the key is kept, documents to begin with. */
export class FirstRun {
  readonly #app: QwillApp;
  readonly #page: Page;

  constructor(app: QwillApp) {
    this.#app = app;
    this.#page = app.page;
  }

  /** Agrees to a key in a file where the machine has no keyring; a machine with one does not ask. */
  async chooseKey(): Promise<void> {
    await expect(this.#page.getByRole("heading", { level: 1 })).toBeVisible();
    const begin = this.#page.getByRole("button", { name: "Begin empty" });
    const agree = this.#page.getByRole("button", { name: "Use a development key" });
    await expect(begin.or(agree).first()).toBeVisible();
    if (await agree.isVisible()) await agree.click();
    await expect(begin).toBeEnabled();
  }

  /** Takes a folder; the window goes to the library, where its files arrive. */
  async addFolder(path: string): Promise<void> {
    await this.#app.chooseInDialog([path]);
    await this.#page.getByRole("button", { name: "Add a folder" }).click();
    await expect(this.#page.getByRole("grid", { name: "Files" })).toBeVisible();
  }

  /** Takes the sample library; the window goes to the composer. */
  async takeSample(): Promise<void> {
    await this.#page.getByRole("button", { name: "Try the sample library" }).click();
    await expect(this.#page.getByRole("textbox", { name: "Your request" })).toBeVisible();
  }

  /** Goes to the composer with nothing in the library. */
  async beginEmpty(): Promise<void> {
    await this.#page.getByRole("button", { name: "Begin empty" }).click();
    await expect(this.#page.getByRole("textbox", { name: "Your request" })).toBeVisible();
  }
}
