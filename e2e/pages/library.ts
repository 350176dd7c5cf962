import type { Locator } from "@playwright/test";
import { expect } from "../fixtures/test.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** The Library screen: files and their states, progress. */
export class Library {
  readonly #app: QwillApp;
  readonly files: Locator;
  /** Not there when nothing runs. */
  readonly progress: Locator;

  constructor(app: QwillApp) {
    this.#app = app;
    this.files = app.page.getByRole("grid", { name: "Files" });
    this.progress = app.page.getByRole("region", { name: "Indexing" });
  }

  async open(): Promise<void> {
    await this.#app.page.getByRole("button", { name: "Library", exact: true }).click();
    await this.#app.page.getByRole("tab", { name: "Documents" }).click();
  }

  /** The row of a file by its name, once it is in sight. */
  row(name: string): Locator {
    const button = this.#app.page.getByRole("button", { name, exact: true });
    return this.files.getByRole("row").filter({ has: button });
  }

  async addFiles(paths: readonly string[]): Promise<void> {
    await this.#app.chooseInDialog(paths);
    await this.#app.page.getByRole("button", { name: "Add files" }).click();
  }

  async addFolder(path: string): Promise<void> {
    await this.#app.chooseInDialog([path]);
    await this.#app.page.getByRole("button", { name: "Add a folder" }).first().click();
  }

  /** Says how far the text of a collection may go. */
  async letTravel(
    collection: string,
    reach: "This device only" | "Up to my organisation" | "Up to the cloud",
  ): Promise<void> {
    const collections = this.#app.page.getByRole("navigation", { name: "Collections" });
    await collections.getByRole("button", { name: collection }).click();
    await this.#app.page.getByRole("button", { name: "More for this collection" }).click();
    await this.#app.page.getByRole("menuitemradio", { name: reach }).click();
  }

  async findByName(part: string): Promise<void> {
    await this.#app.page.getByRole("searchbox", { name: "Find a file by name" }).fill(part);
  }

  async openDocument(name: string): Promise<void> {
    await this.files.getByRole("button", { name, exact: true }).click();
  }

  /** Waits until nothing is left to do: the strip of progress is gone. */
  async expectIdle(timeout = 120_000): Promise<void> {
    await expect(this.progress).toHaveCount(0, { timeout });
  }
}
