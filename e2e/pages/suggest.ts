import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures/test.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";
import type { TierName } from "./providers.ts";

/** The Suggest screen: the composer and the suggestions below it. */
export class Suggest {
  readonly #page: Page;
  readonly request: Locator;
  /** The suggestion asked for last. */
  readonly suggestion: Locator;
  readonly stop: Locator;
  /** The line that says where text goes. */
  readonly tierLine: Locator;
  /** Tokens and cost of what stands in the composer; not there in the local tier. */
  readonly beforeSending: Locator;
  /** What went wrong with the suggestion asked for last, or what is asked before it is made. */
  readonly alert: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.request = app.page.getByRole("textbox", { name: "Your request" });
    this.suggestion = app.page.getByRole("region", { name: "Suggestion", exact: true }).last();
    this.stop = app.page.getByRole("button", { name: "Stop", exact: true });
    const composer = app.page.getByRole("region", { name: "Request", exact: true });
    this.tierLine = composer.getByRole("button", { name: /^(On this device|To )|: nothing is sent/ });
    this.beforeSending = composer.getByText(/^About .* tokens sent, up to .* written/);
    this.alert = this.suggestion.getByRole("alert");
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

  /** Chooses a tier in the list that the tier line opens. */
  async chooseTier(tier: "This device" | TierName): Promise<void> {
    await this.tierLine.click();
    const heading = this.#page.getByRole("heading", { name: "Where your text goes" });
    const sheet = this.#page.getByRole("dialog").filter({ has: heading });
    await sheet.getByRole("button", { name: `Use ${tier}`, exact: true }).click();
    await expect(sheet).toHaveCount(0);
  }

  /** Takes what is offered in place of a suggestion that failed. */
  async writeOnThisDevice(): Promise<void> {
    await this.alert.getByRole("button", { name: "Write on this device instead" }).click();
  }

  /** Agrees that the passages of this conversation go further than they have been. */
  async agreeToSend(): Promise<void> {
    await this.alert.getByRole("button", { name: /^Send to / }).click();
  }

  /** Lets what holds the request back travel, as the alert offers. */
  async letTravel(names: string, place: string): Promise<void> {
    await this.alert.getByRole("button", { name: `Let ${names} travel to ${place}` }).click();
  }

  /** Goes on without what may not travel. */
  async sendWithout(): Promise<void> {
    await this.alert.getByRole("button", { name: "Send without it" }).click();
  }

  /** Leaves the conversation behind. */
  async startAnew(): Promise<void> {
    await this.#page.keyboard.press("Control+n");
    await expect(this.suggestion).toHaveCount(0);
  }

  /** Keeps the suggestion asked for last in the personal memory. */
  async accept(): Promise<void> {
    await this.suggestion.getByRole("button", { name: "Accept", exact: true }).click();
    await expect(this.suggestion.getByRole("button", { name: "Accepted" })).toBeVisible();
  }
}
