import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { framings, type Framing } from "../../../e2e/fakes/framings.ts";
import type { FakeServer } from "../../../e2e/fakes/http-fake.ts";
import { vendors } from "../../contract/providers.ts";
import type { Provider } from "../provider.ts";
import { makeProvider, vendorRows } from "../registry.ts";
import { makeGatedFetch, makeTestClock } from "../testing/gated-fetch.ts";
import { exampleCall, providerContract } from "../testing/provider-contract.ts";
import { readRecordedReplies, startReplay } from "../testing/replay.ts";

const recordings = readRecordedReplies(join(import.meta.dirname, "fixtures"));

test("every vendor of this protocol has a recorded reply", () => {
  const speaking = vendors.filter((vendor) => vendorRows[vendor].traits !== null);
  expect(recordings.map((recorded) => recorded.vendor).toSorted()).toEqual(speaking.toSorted());
});

describe.each(recordings)("the recorded reply of $vendor", (recorded) => {
  const call = exampleCall({ thinking: { enabled: recorded.expects.reasoning !== "", budget: 100 } });
  const makeFor = (server: FakeServer, fetch: ReturnType<typeof makeGatedFetch>["fetch"]): Provider =>
    makeProvider(
      {
        name: recorded.vendor,
        vendor: recorded.vendor,
        model: call.model,
        baseUrl: server.origin,
        reach: "device",
        auth: { scheme: "bearer" },
        headerNames: [],
        hasApiKey: true,
        hasCertificateAuthority: false,
        hasClientCertificate: false,
        skipModelListing: false,
        thinking: { enabled: false },
      },
      { apiKey: "sk-fake" },
      fetch,
      { clock: makeTestClock(), now: Date.now, countTokens: (text) => Math.ceil(text.length / 4) },
    );

  providerContract(recorded.vendor, async () => {
    const gated = makeGatedFetch();
    const servers: FakeServer[] = [];
    const providers: { name: string; provider: Provider }[] = [];
    for (const framing of Object.keys(framings) as Framing[]) {
      const server = await startReplay(recorded, framing);
      servers.push(server);
      providers.push({ name: framing, provider: makeFor(server, gated.fetch) });
    }
    return {
      provider: makeFor(servers[0]!, gated.fetch),
      call,
      reply: recorded.expects.text,
      ...(recorded.expects.reasoning !== "" && { reasoning: recorded.expects.reasoning }),
      openStreams: () => gated.rows.filter((row) => row.end === undefined).length,
      framings: providers,
      close: async () => {
        await gated.close();
        for (const server of servers) await server.close();
      },
    };
  });

  test("gives its usage and its finish", async () => {
    const gated = makeGatedFetch();
    const server = await startReplay(recorded, "event-by-event");
    try {
      const parts = [];
      const { signal } = new AbortController();
      for await (const part of makeFor(server, gated.fetch).stream(call, signal)) parts.push(part);
      expect(parts.at(-1)).toMatchObject({ finish: { raw: recorded.expects.finish } });
      const usage = parts.find((part) => part.type === "usage")?.usage;
      if (recorded.expects.usage === null) expect(usage).toMatchObject({ estimated: true });
      else expect(usage).toEqual(recorded.expects.usage);
    } finally {
      await gated.close();
      await server.close();
    }
  });
});
