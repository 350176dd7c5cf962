import type { Locator, Page } from "@playwright/test";
import type { QwillApp } from "../fixtures/qwill-app.ts";
import { Settings } from "./settings.ts";

/** The Fine-tune screen: review the examples, see the cost, submit, follow the job. */
export class FineTune {
  readonly #app: QwillApp;
  readonly #page: Page;
  readonly screen: Locator;
  readonly quote: Locator;
  readonly submit: Locator;

  constructor(app: QwillApp) {
    this.#app = app;
    this.#page = app.page;
    this.screen = app.page.getByRole("main", { name: "Fine-tune" });
    this.quote = this.screen.getByRole("status");
    this.submit = this.screen.getByRole("button", { name: "Upload and submit" });
  }

  async open(): Promise<void> {
    await new Settings(this.#app).open("Models and tiers");
    await this.#page.getByRole("button", { name: "Review and fine-tune" }).click();
  }

  example(request: string): Locator {
    return this.screen.getByRole("checkbox", { name: `Keep “${request}”` });
  }

  /** Saves what is kept into a file. */
  async exportTo(path: string): Promise<void> {
    await this.#app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await this.screen.getByRole("button", { name: "Export the kept ones" }).click();
  }

  async showCost(): Promise<void> {
    await this.screen.getByRole("button", { name: "Show the cost" }).click();
  }

  async submitAs(name: string): Promise<void> {
    await this.screen.getByLabel("Name of the job").fill(name);
    await this.submit.click();
    await this.#confirm(/^Upload \d+ examples? to /, "Upload and submit");
  }

  job(name: string): Locator {
    return this.screen.getByRole("listitem").filter({ has: this.#page.getByText(name, { exact: true }) });
  }

  /** Asks the provider how its jobs stand. */
  async refresh(): Promise<void> {
    await this.screen.getByRole("button", { name: "Ask again" }).click();
  }

  async cancel(name: string): Promise<void> {
    await this.screen.getByRole("button", { name: `Cancel ${name}` }).click();
  }

  async deploy(name: string): Promise<void> {
    await this.screen.getByRole("button", { name: `Deploy ${name}` }).click();
    await this.#confirm(`Deploy ${name}`, "Deploy");
  }

  async use(name: string): Promise<void> {
    await this.screen.getByRole("button", { name: `Use for High quality: ${name}` }).click();
  }

  async remove(name: string): Promise<void> {
    await this.screen.getByRole("button", { name: `Remove ${name}` }).click();
    await this.#confirm(`Remove ${name}?`, "Remove");
  }

  async #confirm(title: string | RegExp, button: string): Promise<void> {
    await this.#page.getByRole("dialog", { name: title }).getByRole("button", { name: button }).click();
  }
}
