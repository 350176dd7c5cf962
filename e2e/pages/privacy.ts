import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures/test.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";

/** What the window tells of one call. */
export interface CallFacts {
  readonly request: string;
  /** Bytes of the bodies. */
  readonly sent: number;
  readonly received: number;
  readonly outcome: string;
}

/** The Privacy screen: the ledger of every call that left or was refused. */
export class Privacy {
  readonly #page: Page;
  readonly screen: Locator;
  /** One row a call, the newest first. */
  readonly calls: Locator;
  readonly payload: Locator;

  constructor(app: QwillApp) {
    this.#page = app.page;
    this.screen = app.page.getByRole("main", { name: "Privacy" });
    this.calls = this.screen
      .getByRole("table", { name: "Calls" })
      .getByRole("row")
      .filter({ has: app.page.getByRole("button", { name: /^Show what was sent/ }) });
    this.payload = app.page.getByRole("dialog", { name: "What was sent" });
  }

  async open(): Promise<void> {
    await this.#page.getByRole("button", { name: "Privacy", exact: true }).click();
    await expect(this.screen).toBeVisible();
  }

  async openCall(call: Locator): Promise<void> {
    await call.getByRole("button", { name: /^Show what was sent/ }).click();
    await expect(this.payload).toBeVisible();
  }

  /** The text of the opened call, as it was sent. */
  payloadText(): Locator {
    return this.payload.getByRole("region", { name: "What was sent" });
  }

  /** The facts of the opened call. */
  async facts(): Promise<CallFacts> {
    const fact = async (name: string) =>
      (await this.payload
        .getByRole("definition")
        .nth(await this.#indexOf(name))
        .textContent()) ?? "";
    const bytes = (text: string) => Number(/\(([\d,]+)\)/.exec(text)?.[1]?.replaceAll(",", ""));
    return {
      request: await fact("Request"),
      sent: bytes(await fact("Sent")),
      received: bytes(await fact("Received")),
      outcome: await fact("Outcome"),
    };
  }

  async closeCall(): Promise<void> {
    await this.payload.getByRole("button", { name: "Close" }).click();
    await expect(this.payload).toHaveCount(0);
  }

  async #indexOf(term: string): Promise<number> {
    const terms = await this.payload.getByRole("term").allTextContents();
    return terms.indexOf(term);
  }
}
