import type { SuggestEvent, SuggestRequestInput } from "../../core/contract/suggest.ts";
import { makeCertificates } from "../fakes/certificates.ts";
import { startProviderFake, type ProviderFake } from "../fakes/provider-fake.ts";
import { filesWith } from "../support/stored-secrets.ts";
import { expect, test } from "../fixtures/test.ts";

const canary = "sk-canary-90b2d4c1aa";

/** What the gate does in the real application, over the bridge alone: the screens have specs of their own. */
test("a provider set up in the application answers, and its ledger has every byte the server counted", async ({
  launch,
  writeDocument,
}) => {
  const { authority, server, client } = await makeCertificates();
  const fake = await startProviderFake("vllm", {
    apiKey: canary,
    tls: { certificate: server.certificate, key: server.key, clientAuthority: authority },
  });
  try {
    const app = await launch();
    const replies: unknown[] = [];
    const ask = async (route: string, input?: unknown) => {
      const reply = await app.page.evaluate(([name, value]) => window.qwill.request(name, value), [
        route,
        input,
      ] as const);
      replies.push(reply);
      return reply;
    };
    const suggest = (request: SuggestRequestInput, stopAtText = false) =>
      app.page.evaluate(
        ([input, stops]) =>
          new Promise<SuggestEvent[]>((resolve, reject) => {
            const all: SuggestEvent[] = [];
            const stop = window.qwill.stream(
              "suggest",
              input,
              (event) => {
                all.push(event as SuggestEvent);
                if (stops && (event as SuggestEvent).type === "text-delta") {
                  stop();
                  resolve(all);
                }
              },
              (failure) => (failure === null ? resolve(all) : reject(new Error(failure.code))),
            );
          }),
        [request, stopAtText] as const,
      );

    await ask("vault.use-development-key");
    await ask("collections.create", { name: "Mine" });
    await app.chooseInDialog([writeDocument("lease.txt", "The notice period is thirty days.\n")]);
    await ask("library.add-files", { collectionId: 1 });
    await expect
      .poll(async () => ask("library.files", {}))
      .toMatchObject({ value: { files: [{ state: "ready" }] } });

    expect(await ask("providers.save", draftOf(fake, { certificateAuthority: authority }))).toMatchObject({
      ok: true,
      value: { hasApiKey: true, hasCertificateAuthority: true },
    });
    expect(await ask("providers.test", { name: "house" })).not.toMatchObject({ value: { failure: null } });
    expect(fake.counts.requests).toBe(0);
    const secrets = {
      certificateAuthority: authority,
      clientCertificate: client.certificate,
      clientKey: client.key,
    };
    await ask("providers.save", draftOf(fake, secrets));
    expect(await ask("providers.test", { name: "house" })).toMatchObject({
      value: { failure: null, modelListed: true },
    });
    await ask("tiers.set", { tier: "private", provider: "house" });
    const request = { id: "one", text: "How long is the notice period?", tier: "private" } as const;
    expect(await ask("costs.estimate", request)).toMatchObject({ ok: true, value: { cost: null } });

    const events = await suggest(request);
    expect(events.map((event) => (event.type === "text-delta" ? event.text : "")).join("")).toBe(
      fake.answer.text,
    );
    expect(events.at(-1)).toMatchObject({ type: "suggest-end", finish: "stop" });
    fake.fail("stall-after-text");
    await suggest({ ...request, id: "two" }, true);
    await expect.poll(() => fake.counts.openStreams).toBe(0);
    fake.fail("wrong-key");
    expect((await suggest({ ...request, id: "three" })).at(-1)).toMatchObject({
      type: "suggest-error",
      failure: { code: "provider-auth" },
      offer: "local",
    });

    const rowsNow = async () => {
      const reply = (await ask("ledger.list", { offset: 0, limit: 100 })) as {
        value: { rows: { id: number; bytesSent: number; bytesReceived: number; outcome: string }[] };
      };
      return reply.value.rows;
    };
    await expect
      .poll(async () => (await rowsNow()).slice(0, 3).map(({ outcome }) => outcome))
      .toEqual(["failed", "cancelled", "completed"]);
    // Refused handshakes never reached the server; of a call that was cut off it may have written more.
    const served = (await rowsNow()).toReversed().slice(-fake.requests.length);
    expect(served.map(({ bytesSent }) => bytesSent)).toEqual(
      fake.requests.map(({ requestBytes }) => requestBytes),
    );
    const whole = served.map(({ outcome, bytesReceived }) =>
      outcome === "cancelled" ? null : bytesReceived,
    );
    expect(whole).toEqual(
      fake.requests.map(({ responseBytes }, at) => (whole[at] === null ? null : responseBytes)),
    );
    expect(await ask("ledger.payload", { id: served.at(-1)?.id })).toMatchObject({
      value: { text: fake.requests.at(-1)?.body },
    });
    expect(await ask("costs.report", {})).toMatchObject({
      value: { rows: [{ provider: "house", requests: 2, estimated: true }] },
    });

    await app.quit();
    const key = client.key.split("\n")[1] ?? "";
    expect(JSON.stringify(replies)).not.toContain(canary);
    expect(JSON.stringify(replies)).not.toContain(key);
    expect(app.errorOutput()).not.toContain(canary);
    expect(filesWith(app.profile, [canary, key])).toEqual([]);
  } finally {
    await fake.close();
  }
});

const draftOf = (fake: ProviderFake, certificates: Readonly<Record<string, string>>) => ({
  config: {
    name: "house",
    vendor: "vllm",
    model: "contract-model",
    baseUrl: fake.baseUrl,
    auth: { scheme: "bearer" },
    skipModelListing: false,
    thinking: { enabled: false },
  },
  secrets: { apiKey: canary, ...certificates },
});
