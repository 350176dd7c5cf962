import { expect } from "../fixtures/test.ts";
import type { QwillApp } from "../fixtures/qwill-app.ts";
import type { QwenRegion, Vendor } from "../../core/contract/providers.ts";
import type { FakeServer } from "../fakes/http-fake.ts";
import type { ProviderFake } from "../fakes/provider-fake.ts";
import { FirstRun } from "../pages/first-run.ts";
import { Library } from "../pages/library.ts";
import { ask } from "./ask-bridge.ts";

/** The sentence in the library that the fakes' answer cites. */
export const sentence = "The notice period is thirty days.";
export const question = "How long is the notice period?";

/**
 * Goes through the first run to a library with one document, ready to be asked about. Its collection may travel to
 * the cloud, unless it is to stay as it was made.
 */
export async function setDesk(
  app: QwillApp,
  writeDocument: (name: string, text: string) => string,
  reach: "cloud" | "as-made" = "cloud",
): Promise<void> {
  const firstRun = new FirstRun(app);
  await firstRun.chooseKey();
  await firstRun.beginEmpty();
  const library = new Library(app);
  await library.open();
  await library.addFiles([writeDocument("lease.txt", `The flat has two rooms.\n\n${sentence}\n`)]);
  await expect(library.row("lease.txt")).toContainText("Ready");
  if (reach === "cloud") await library.letTravel("My documents", "Up to the cloud");
}

/** A call as both sides can count it. */
export interface CountedCall {
  readonly call: string;
  readonly sent: number;
  readonly received: number;
}

/** The ledger's calls to an origin, oldest first, once none is open any more. */
export async function ledgerCalls(app: QwillApp, origin: string): Promise<CountedCall[]> {
  const read = async () =>
    (await ask(app.page, "ledger.list", { offset: 0, limit: 500 })).rows.filter(
      (row) => row.origin === origin,
    );
  await expect.poll(async () => (await read()).filter(({ outcome }) => outcome === "open")).toEqual([]);
  return (await read()).toReversed().map((row) => ({
    call: `${row.method} ${row.path}`,
    sent: row.bytesSent,
    received: row.bytesReceived,
  }));
}

/** The calls as the server counted them, oldest first. */
export function servedCalls(fake: FakeServer): CountedCall[] {
  return fake.requests.map((request) => ({
    call: `${request.method} ${request.path.replace(/\?.*$/, "")}`,
    sent: request.requestBytes,
    received: request.responseBytes,
  }));
}

/** Sets a fake up as the provider of a tier, past the form, which has specs of its own. */
export async function serveTier(
  app: QwillApp,
  tier: "standard" | "high-quality" | "private",
  fake: Pick<ProviderFake, "baseUrl" | "apiKey">,
  config: {
    readonly name: string;
    readonly vendor: Vendor;
    readonly model: string;
    readonly region?: QwenRegion;
  },
): Promise<void> {
  await ask(app.page, "providers.save", {
    config: {
      ...config,
      baseUrl: fake.baseUrl,
      auth: { scheme: "bearer" },
      skipModelListing: false,
      thinking: { enabled: false },
    },
    secrets: { apiKey: fake.apiKey ?? "none" },
  });
  await ask(app.page, "tiers.set", { tier, provider: config.name });
}
