import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { makeCertificates } from "../../e2e/fakes/certificates.ts";
import type { SeenRequest } from "../../e2e/fakes/http-fake.ts";
import type { FakeKind } from "../../e2e/fakes/kinds.ts";
import {
  startProviderFake,
  type ProviderFake,
  type ProviderFakeOptions,
} from "../../e2e/fakes/provider-fake.ts";
import { makeDesk, type Desk, type Outcome } from "./testing/run-cli.ts";
import { runInProcess } from "./testing/run-in-process.ts";

const seconds = 1000;
const canary = "sk-canary-5f1e77a90c";
/** Everything any command of a test printed. */
let printed = "";
afterEach(() => {
  printed = "";
});

interface Rig {
  readonly desk: Desk;
  readonly fake: ProviderFake;
  readonly qwill: (...args: string[]) => Promise<Outcome>;
  readonly suggest: (tier: string, ...more: string[]) => Promise<Outcome>;
}

/** A library whose one collection may travel, unless it is to stay as it was made. */
async function makeRig(
  kind: FakeKind = "vllm",
  { reach = "cloud", ...options }: ProviderFakeOptions & { readonly reach?: "cloud" | "as-made" } = {},
): Promise<Rig> {
  const desk = await makeDesk();
  const fake = await startProviderFake(kind, { apiKey: canary, ...options });
  onTestFinished(() => fake.close());
  const qwill = async (...args: string[]): Promise<Outcome> => {
    const outcome = await runInProcess(desk, args);
    printed += outcome.out + outcome.err;
    return outcome;
  };
  await qwill(
    "index",
    desk.write("notice.md", "# Lease\n\nThe notice period is thirty days.\n"),
    "--words-only",
  );
  if (reach === "cloud") await qwill("collection", "reach", "Documents", "cloud");
  return {
    desk,
    fake,
    qwill,
    suggest: (tier, ...more) =>
      qwill("suggest", "How long is the notice period?", "--tier", tier, "--json", ...more),
  };
}

/** Sets the fake up as the provider of a tier; the key goes in by a file. */
async function serveTier(
  { desk, fake, qwill }: Rig,
  tier: string,
  vendor: string,
  ...more: string[]
): Promise<void> {
  const keyFile = desk.write("../provider.key", `${canary}\n`);
  const add = ["provider", "add", "house", "--vendor", vendor, "--model", "contract-model"];
  const added = await qwill(...add, "--base-url", fake.baseUrl, "--api-key-file", keyFile, ...more);
  expect([added.code, added.err]).toEqual([0, expect.any(String)]);
  expect((await qwill("tier", "set", tier, "house")).code).toBe(0);
}

const lastOf = (outcome: Outcome) => outcome.lines.at(-1);
const textOf = (outcome: Outcome): string =>
  outcome.lines.map((event) => (event["type"] === "text-delta" ? event["text"] : "")).join("");
const bytesOf = (requests: readonly SeenRequest[]) =>
  requests.map(({ path, requestBytes, responseBytes }) => [path, requestBytes, responseBytes]);

/** The ledger's rows in the order they were begun, as the fake counts. */
async function ledgerOf({ qwill }: Rig) {
  const rows = (await qwill("ledger", "--json")).lines.toReversed();
  return { rows, bytes: rows.map((row) => [row["path"], row["bytesSent"], row["bytesReceived"]]) };
}

/** Paths of the files under a folder in which the secret stands, in UTF-8 or UTF-16. */
function filesWith(folder: string, secret: string): string[] {
  const forms = [
    Buffer.from(secret),
    Buffer.from(secret, "utf16le"),
    Buffer.from(Buffer.from(secret).toString("base64")),
  ];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .filter((path) => forms.some((form) => readFileSync(path).includes(form)));
}

describe("a private server", { timeout: 90 * seconds }, () => {
  test("is set up, tried, chosen and asked; the ledger has every byte it counted", async () => {
    const rig = await makeRig();
    await serveTier(rig, "private", "vllm");
    const tested = await rig.qwill("provider", "test", "house", "--json");
    expect(tested.lines).toMatchObject([
      { failure: null, modelListed: true, models: ["contract-model", "other-model"] },
    ]);
    // In a process of its own, which refuses every connection until the gate's caller opens it.
    const answer = await rig.desk.qwill("suggest", "How long is it?", "--tier", "private", "--json");
    expect(answer.lines[0]).toMatchObject({ type: "suggest-start", tier: "private", provider: "house" });
    expect(textOf(answer)).toBe(rig.fake.answer.text);
    expect(answer.lines).toContainEqual(
      expect.objectContaining({
        type: "usage-counted",
        usage: expect.objectContaining({ estimated: false }),
      }),
    );
    expect(lastOf(answer)).toMatchObject({ type: "suggest-end", finish: "stop" });

    const { rows, bytes } = await ledgerOf(rig);
    expect(bytes).toEqual(bytesOf(rig.fake.requests));
    expect(rows.at(-1)).toMatchObject({
      time: expect.any(Number),
      origin: rig.fake.origin,
      purpose: "suggest",
      tier: "private",
      outcome: "completed",
      requestId: answer.lines[0]?.["id"],
    });
    const payload = await rig.qwill("ledger", "--payload", String(rows.at(-1)?.["id"]));
    expect(payload.out).toBe(`${rig.fake.requests.at(-1)?.body}\n`);
  });

  test("is asked, and what it was sent is forgotten on request: row and hash stay", async () => {
    const rig = await makeRig();
    await serveTier(rig, "private", "vllm");
    await rig.suggest("private");
    const before = (await ledgerOf(rig)).rows;
    const id = String(before.at(-1)?.["id"]);
    expect((await rig.qwill("ledger", "--forget", id, "--json")).lines).toEqual([{ forgotten: 1 }]);
    expect((await rig.qwill("ledger", "--payload", id, "--json")).lines).toMatchObject([{ text: null }]);
    expect((await rig.qwill("ledger", "--forget", "all", "--json")).lines).toEqual([
      { forgotten: before.filter((row) => row["bytesSent"] !== 0).length - 1 },
    ]);
    const { rows } = await ledgerOf(rig);
    expect(rows.map((row) => ({ ...row, forgottenAt: null }))).toEqual(before);
    expect(rows.at(-1)?.["payloadHash"]).toBe(
      createHash("sha256")
        .update(rig.fake.requests.at(-1)?.body ?? "")
        .digest("hex"),
    );
    expect((await rig.qwill("ledger", "--forget", "999999")).code).toBe(1);
  });

  test("with a certificate of its own is trusted only once that is given, and knows its client", async () => {
    const { authority, server, client } = await makeCertificates();
    const rig = await makeRig("sglang", {
      tls: { certificate: server.certificate, key: server.key, clientAuthority: authority },
    });
    const file = (name: string, text: string): string => {
      const path = join(rig.desk.folder, name);
      writeFileSync(path, text);
      return path;
    };
    const ca = ["--ca", file("ca.pem", authority)];
    const own = [
      "--cert",
      file("client.pem", client.certificate),
      "--cert-key",
      file("client.key", client.key),
    ];
    const codeOf = async () => (await rig.qwill("provider", "test", "house", "--json")).lines[0]?.["failure"];
    await serveTier(rig, "private", "sglang");
    expect(await codeOf()).toMatchObject({ code: "provider-certificate" });
    await serveTier(rig, "private", "sglang", ...ca);
    expect(await codeOf()).toMatchObject({
      code: "provider-network",
      facts: { reason: "closed-unanswered" },
    });
    expect((await rig.qwill("provider", "test", "house")).err).toContain("client certificate");
    expect(rig.fake.counts.requests).toBe(0);
    await serveTier(rig, "private", "sglang", ...ca, ...own);
    expect(await codeOf()).toBeNull();
    expect(textOf(await rig.suggest("private"))).toBe(rig.fake.answer.text);
    const clientKey = client.key.split("\n")[1] ?? "";
    expect(printed).not.toContain(clientKey);
    expect(filesWith(rig.desk.dataFolder, clientKey)).toEqual([]);
  });

  test("removed is forgotten: its tier has nobody, and nothing is sent", async () => {
    const rig = await makeRig();
    await serveTier(rig, "private", "vllm");
    expect((await rig.qwill("provider", "remove", "house")).code).toBe(0);
    const answer = await rig.suggest("private");
    expect(lastOf(answer)).toMatchObject({
      type: "suggest-error",
      failure: { code: "provider-not-configured" },
      offer: "local",
    });
    expect([(await rig.qwill("provider", "list", "--json")).lines, rig.fake.counts.requests]).toEqual([
      [],
      0,
    ]);
    expect((await rig.qwill("provider", "remove", "house")).code).toBe(1);
  });
});

describe("what is not allowed sends nothing", { timeout: 90 * seconds }, () => {
  test("new collections are for this device only: the refusal names the collection and how to widen it", async () => {
    const rig = await makeRig("dashscope", { reach: "as-made" });
    await serveTier(rig, "standard", "qwen");
    expect((await rig.qwill("collection", "list", "--json")).lines).toMatchObject([
      { name: "Documents", reach: "device" },
    ]);
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({
      type: "suggest-error",
      failure: { code: "reach-not-allowed", facts: { collection: "Documents", wanted: "cloud" } },
      offer: "local",
    });
    const refused = await rig.qwill("suggest", "How long is it?", "--tier", "standard");
    expect(refused.err).toContain("may not travel that far: Documents. Nothing was sent.");
    expect(refused.err).toContain("qwill collection reach NAME cloud");
    expect(rig.fake.counts).toMatchObject({ requests: 0, connections: 0 });
    await rig.qwill("collection", "reach", "Documents", "cloud");
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ finish: "stop" });
  });

  test("a collection that may not travel is left out, by name, and the rest goes", async () => {
    const rig = await makeRig("dashscope");
    await serveTier(rig, "standard", "qwen");
    const secret = rig.desk.write(
      "secret/wine.md",
      "# Cellar\n\nThe notice period of the cellar is secret.\n",
    );
    await rig.qwill("index", secret, "--collection", "Cellar", "--words-only");
    const answer = await rig.qwill("suggest", "How long is the notice period?", "--tier", "standard");
    expect(answer.err).toContain("Not searched, since it may go only as far as device: Cellar.");
    expect(rig.fake.requests.at(-1)?.body).toContain("thirty days");
    expect(rig.fake.requests.at(-1)?.body).not.toContain("secret");
    const without = await rig.suggest("standard", "--collection", "Cellar", "--without-held-back");
    expect(lastOf(without)).toMatchObject({ finish: "stop" });
    expect(rig.fake.requests.at(-1)?.body).not.toContain("secret");
  });

  // guide: "| Private (blue building) | to a server that you or your organisation run |"
  test("plain http to another machine, and a hosted vendor as the private tier", async () => {
    const rig = await makeRig("dashscope");
    const add = ["provider", "add", "far", "--vendor", "vllm", "--model", "m", "--base-url"];
    const far = await rig.qwill(...add, "http://qwen.example.org/v1");
    expect([far.code, far.err.includes("egress-refused")]).toEqual([1, true]);
    await serveTier(rig, "standard", "qwen");
    const refused = await rig.qwill("tier", "set", "private", "house");
    expect([refused.code, refused.err.includes("not-allowed")]).toEqual([1, true]);
    expect((await rig.qwill("tier", "set", "local", "house")).code).toBe(2);
    expect((await rig.qwill("tier", "set", "standard", "nobody")).code).toBe(1);
    expect(rig.fake.counts.connections).toBe(0);
  });

  test("a redirect to another host ends there", async () => {
    const rig = await makeRig();
    await serveTier(rig, "private", "vllm");
    rig.fake.failAlways("redirect");
    expect(lastOf(await rig.suggest("private"))).toMatchObject({ failure: { code: "egress-refused" } });
    expect((await ledgerOf(rig)).rows.at(-1)).toMatchObject({ outcome: "failed", origin: rig.fake.origin });
  });
});

describe("costs", { timeout: 120 * seconds }, () => {
  const priced = ["--region", "singapore"];

  test("are booked by the usage the server counted, and stop before the budget is passed", async () => {
    const rig = await makeRig("dashscope", { models: ["qwen-plus"] });
    await serveTier(rig, "standard", "qwen", ...priced, "--model", "qwen-plus");
    const answer = await rig.suggest("standard");
    const counted = answer.lines.find((event) => event["type"] === "usage-counted") as {
      usage: { inputTokens: number; outputTokens: number };
      cost: { amount: number; currency: string };
    };
    const report = (await rig.qwill("costs", "--json")).lines[0] as {
      rows: { inputTokens: number; outputTokens: number; micros: number }[];
      totals: { micros: number; currency: string }[];
    };
    expect(report.rows).toMatchObject([
      {
        provider: "house",
        model: "qwen-plus",
        tier: "standard",
        requests: 1,
        estimated: false,
        ...pick(counted.usage),
      },
    ]);
    expect(counted.cost.amount).toBeGreaterThan(0);
    expect(report.totals[0]).toMatchObject({
      micros: Math.round(counted.cost.amount * 1e6),
      currency: counted.cost.currency,
    });

    const before = rig.fake.counts.requests;
    const limit = ["costs", "--stop-at", String(counted.cost.amount), "--currency", counted.cost.currency];
    expect((await rig.qwill(...limit, "--json")).lines[0]).toMatchObject({ state: "stopped" });
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({
      failure: { code: "budget-exceeded" },
      offer: "local",
    });
    // Not used up, but this call could pass it.
    await rig.qwill("costs", "--stop-at", String(counted.cost.amount + 0.000001));
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ failure: { code: "budget-exceeded" } });
    expect(rig.fake.counts.requests).toBe(before);
    await rig.qwill("costs", "--stop-at", "none", "--warn-at", String(counted.cost.amount));
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ finish: "stop" });
    expect((await rig.qwill("costs", "--json")).lines[0]).toMatchObject({ state: "warning" });
  });

  test("that cannot be counted are refused under a stop, with the reason and the way on", async () => {
    const rig = await makeRig("dashscope", { models: ["qwen-plus"] });
    await serveTier(rig, "standard", "qwen", ...priced, "--model", "qwen-plus");
    await rig.qwill("costs", "--stop-at", "5", "--currency", "EUR");
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ failure: { code: "rate-unknown" } });
    const stated = await rig.qwill("costs", "--rate", "USD=0.9", "--json");
    expect(stated.lines[0]).toMatchObject({ budget: { rates: [{ currency: "USD", rate: 0.9 }] } });
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ finish: "stop" });
    // Changed in another currency, a rate says nothing any more.
    const changed = await rig.qwill("costs", "--currency", "CNY", "--json");
    expect(changed.lines[0]).toMatchObject({ budget: { stopAt: 5, rates: [] } });
    const price = ["provider", "price", "house", "--input", "1", "--output", "2", "--currency", "CNY"];
    expect((await rig.qwill(...price, "--json")).lines[0]).toMatchObject({ from: "person" });
    const before = rig.fake.counts.requests;

    const path = join(rig.desk.dataFolder, "settings.json");
    const settings = JSON.parse(readFileSync(path, "utf8")) as { budget: object };
    writeFileSync(path, JSON.stringify({ ...settings, budget: { ...settings.budget, stopAt: "5" } }));
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ failure: { code: "settings-unreadable" } });
    const told = await rig.qwill("costs", "--warn-at", "1");
    expect([told.code, told.err]).toEqual([2, expect.stringContaining("--stop-at")]);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ budget: { stopAt: "5" } });
    expect(rig.fake.counts.requests).toBe(before);
    await rig.qwill("costs", "--stop-at", "none");
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ finish: "stop" });
  });

  test("of a reply that broke off are counted by us, and say so; a refusal costs nothing", async () => {
    const rig = await makeRig("dashscope", { models: ["qwen-plus"], thoughts: "" });
    await serveTier(rig, "standard", "qwen", ...priced, "--model", "qwen-plus");
    rig.fake.fail("arrearage");
    expect(lastOf(await rig.suggest("standard"))).toMatchObject({ failure: { code: "provider-billing" } });
    expect((await rig.qwill("costs", "--json")).lines[0]).toMatchObject({ rows: [] });
    rig.fake.fail("cut-after-text");
    const cut = await rig.suggest("standard");
    expect(textOf(cut)).not.toBe("");
    expect(lastOf(cut)).toMatchObject({ type: "suggest-error", offer: "local" });
    expect((await rig.qwill("costs", "--json")).lines[0]).toMatchObject({
      rows: [{ requests: 1, estimated: true, inputTokens: expect.any(Number) }],
    });
    const { rows, bytes } = await ledgerOf(rig);
    expect(bytes).toEqual(bytesOf(rig.fake.requests));
    expect(rows.map((row) => row["outcome"])).toEqual(["failed", "failed"]);
  });
});

test("secrets lie in the encrypted library and nowhere else", { timeout: 60 * seconds }, async () => {
  const rig = await makeRig();
  const headerFile = rig.desk.write("../provider.headers", `X-Gateway: ${canary}-header\n`);
  await serveTier(rig, "private", "vllm", "--header-file", headerFile);
  rmKey(rig.desk);
  await rig.qwill("provider", "list", "--json");
  await rig.qwill("provider", "list");
  await rig.qwill("provider", "test", "house");
  rig.fake.fail("wrong-key");
  await rig.suggest("private");
  await rig.suggest("private");
  await rig.qwill("ledger", "--json");
  expect(rig.fake.requests.some(({ headers }) => headers["x-gateway"] === `${canary}-header`)).toBe(true);
  expect(rig.fake.requests.some(({ headers }) => headers["authorization"] === `Bearer ${canary}`)).toBe(true);
  expect(printed).not.toContain(canary);
  expect(filesWith(rig.desk.folder, canary)).toEqual([]);
  const moved = [
    "--vendor",
    "vllm",
    "--model",
    "m",
    "--base-url",
    "https://elsewhere.example.org/v1",
    "--json",
  ];
  const elsewhere = await rig.qwill("provider", "add", "house", ...moved);
  expect(elsewhere.lines[0]).toMatchObject({ hasApiKey: false, headerNames: [] });
});

const pick = ({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }) => ({
  inputTokens,
  outputTokens,
});

/** The files that secrets were read from are the person's own; they are emptied before the folder is searched. */
function rmKey(desk: Desk): void {
  for (const name of ["provider.key", "provider.headers"]) writeFileSync(join(desk.folder, name), "");
}
