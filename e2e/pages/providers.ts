import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures/test.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";
import { Settings } from "./settings.ts";

/** A tier that a provider can serve, by its name in the window. */
export type TierName = "Standard" | "High quality" | "Private";

/** What a person types and chooses for a provider; what is left out stays as the form offers it. */
export interface ProviderEntries {
  readonly kind?: string;
  readonly name?: string;
  readonly region?: string;
  readonly address?: string;
  readonly key?: string;
  readonly model?: string;
  readonly tier?: TierName;
  readonly thinks?: boolean;
  /** "Name: value" by line. */
  readonly headers?: string;
  /** PEM texts. */
  readonly authority?: string;
  readonly certificate?: string;
  readonly certificateKey?: string;
}

/** The sheet where one provider is set up or changed. */
export class ProviderForm {
  readonly #page: Page;
  readonly dialog: Locator;
  /** What the connection test found, where it works. */
  readonly worked: Locator;
  /** What it found, where it does not. */
  readonly failure: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.dialog = app.page.getByRole("dialog", { name: /^(Add a provider|Edit )/ });
    this.worked = this.dialog.getByRole("status");
    this.failure = this.dialog.getByRole("alert");
  }

  async enter(entries: ProviderEntries): Promise<void> {
    if (entries.kind !== undefined) await this.#choose("Kind of server", entries.kind);
    if (entries.region !== undefined) await this.#choose("Data rests in", entries.region);
    await this.#type("Name", entries.name);
    await this.#type("Address", entries.address);
    await this.#type("Key", entries.key);
    await this.#type("Model", entries.model);
    if (entries.tier !== undefined) await this.#choose("Use it for", entries.tier);
    const { thinks, headers, authority, certificate, certificateKey } = entries;
    if ([thinks, headers, authority, certificate, certificateKey].every((entry) => entry === undefined))
      return;
    await this.#unfold();
    if (thinks !== undefined)
      await this.dialog.getByRole("switch", { name: "Let the model think first" }).setChecked(thinks);
    await this.#type("Extra headers", headers);
    await this.#type("Certificate authority (PEM)", authority);
    await this.#type("Client certificate (PEM)", certificate);
    await this.#type("Key of the client certificate (PEM)", certificateKey);
  }

  /** Marks a stored secret, by what the form calls it, to go with the next save. */
  async takeAway(what: string): Promise<void> {
    const button = this.dialog.getByRole("button", { name: `Remove what is stored: ${what}` });
    if (!(await button.isVisible())) await this.#unfold();
    await button.click();
    await expect(this.dialog).toContainText(`Goes when you save: ${what}`);
  }

  async saveAndTest(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Save and test" }).click();
  }

  async done(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Done" }).click();
    await expect(this.dialog).toHaveCount(0);
  }

  async cancel(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(this.dialog).toHaveCount(0);
  }

  async #type(label: string, value: string | undefined): Promise<void> {
    if (value === undefined) return;
    const field = this.dialog.getByLabel(label, { exact: true }).and(this.#page.locator("input, textarea"));
    await field.fill(value);
  }

  async #choose(label: string, option: string): Promise<void> {
    await this.dialog.getByRole("combobox", { name: label }).click();
    await this.#page.getByRole("option", { name: option, exact: true }).click();
  }

  async #unfold(): Promise<void> {
    const advanced = this.dialog.getByRole("group").filter({ hasText: "How the key is sent" });
    if ((await advanced.getAttribute("open")) === null)
      await advanced.getByText("Advanced", { exact: true }).click();
  }
}

/** Settings, Models and tiers: the providers, and which tier each of them serves. */
export class Providers {
  readonly #app: QwillApp;
  readonly #page: Page;
  readonly form: ProviderForm;

  constructor(app: QwillApp) {
    this.#app = app;
    this.#page = app.page;
    this.form = new ProviderForm(app);
  }

  async open(): Promise<void> {
    await new Settings(this.#app).open("Models and tiers");
  }

  /** The row of a provider. */
  provider(name: string): Locator {
    return this.#page
      .getByRole("listitem")
      .filter({ has: this.#page.getByRole("button", { name: `Test connection of ${name}` }) });
  }

  /** Sets a provider up and tries its connection; the sheet stays open. */
  async add(entries: ProviderEntries): Promise<void> {
    await this.#page.getByRole("button", { name: "Add a provider" }).click();
    await this.form.enter(entries);
    await this.form.saveAndTest();
  }

  /** Sets up a provider that works. */
  async addWorking(entries: ProviderEntries): Promise<void> {
    await this.add(entries);
    await expect(this.form.worked).toContainText("It works.");
    await this.form.done();
  }

  async edit(name: string): Promise<void> {
    await this.#page.getByRole("button", { name: `Edit ${name}` }).click();
  }

  async testConnection(name: string): Promise<void> {
    await this.#page.getByRole("button", { name: `Test connection of ${name}` }).click();
  }

  async serveTier(tier: TierName, provider: string): Promise<void> {
    await this.#page.getByRole("combobox", { name: `Provider for ${tier}` }).click();
    await this.#page.getByRole("option", { name: provider, exact: true }).click();
  }
}
