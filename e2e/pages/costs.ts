import type { Locator, Page } from "@playwright/test";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** The Costs screen: the month so far, the budget, expected use. */
export class Costs {
  readonly #page: Page;
  readonly screen: Locator;
  /** Where the month stands in its budget. */
  readonly budgetState: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.screen = app.page.getByRole("main", { name: "Costs" });
    this.budgetState = this.screen.getByText(/budget is used up|warning is reached|Within the budget/);
  }

  async open(): Promise<void> {
    await this.#page.getByRole("button", { name: "Costs", exact: true }).click();
  }

  /** The line of a provider in the month's table. */
  line(provider: string): Locator {
    return (
      this.screen
        // The first table is the month; the prices below it name the same providers.
        .getByRole("table")
        .first()
        .getByRole("row")
        .filter({ has: this.#page.getByRole("rowheader", { name: provider, exact: true }) })
    );
  }

  /** The line of a provider in the table of prices. */
  price(provider: string): Locator {
    return this.screen
      .getByRole("region", { name: "Prices" })
      .getByRole("row")
      .filter({ has: this.#page.getByRole("rowheader", { name: provider, exact: true }) });
  }

  async setBudget(budget: {
    readonly currency: "CNY" | "USD" | "EUR";
    readonly warnAt?: string;
    readonly stopAt: string;
  }): Promise<void> {
    await this.screen.getByRole("combobox", { name: "Currency" }).click();
    await this.#page.getByRole("option", { name: budget.currency }).click();
    if (budget.warnAt !== undefined) await this.screen.getByLabel("Warn at").fill(budget.warnAt);
    await this.screen.getByLabel("Stop at").fill(budget.stopAt);
    await this.screen.getByRole("button", { name: "Save budget" }).click();
  }
}
