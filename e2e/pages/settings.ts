import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures/test.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** The Settings screen, in English until its language is changed. */
export class Settings {
  readonly #app: QwillApp;
  readonly #page: Page;
  readonly groups: Locator;

  constructor(app: QwillApp) {
    this.#app = app;
    this.#page = app.page;
    this.groups = app.page.getByRole("navigation", { name: "Settings groups" });
  }

  async open(group: "General" | "Models and tiers" | "Privacy and safety" | "Advanced"): Promise<void> {
    await this.#page.getByRole("button", { name: "Settings", exact: true }).click();
    await this.groups.getByRole("button", { name: group }).click();
    await expect(this.#page.getByRole("heading", { level: 2, name: group })).toBeVisible();
  }

  /** By its own name, as it stands in the list. */
  async chooseLanguage(own: "English" | "简体中文"): Promise<void> {
    await this.#page.getByRole("combobox", { name: /^(Language|语言)$/ }).click();
    await this.#page.getByRole("option", { name: own }).click();
  }

  async chooseTheme(theme: "As the system" | "Light" | "Dark"): Promise<void> {
    await this.#page
      .getByRole("radiogroup", { name: "Appearance" })
      .getByRole("radio", { name: theme })
      .check();
  }

  async importModel(path: string): Promise<void> {
    await this.#app.chooseInDialog([path]);
    await this.#page.getByRole("button", { name: "Choose a file" }).click();
  }

  async useModel(name: string | RegExp): Promise<void> {
    await this.#page.getByRole("button", { name }).click();
  }
}
