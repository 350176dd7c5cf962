import type { Locator, Page } from "@playwright/test";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** Ctrl+K: every command by a part of its name. */
export class Palette {
  readonly #page: Page;
  readonly dialog: Locator;
  readonly commands: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.dialog = app.page.getByRole("dialog", { name: "Commands" });
    this.commands = this.dialog.getByRole("option");
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press("Control+k");
  }

  async type(part: string): Promise<void> {
    await this.dialog.getByRole("combobox", { name: "Find a command" }).fill(part);
  }
}
