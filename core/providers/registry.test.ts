import { describe, expect, test } from "vitest";
import type { FailureName } from "../../e2e/fakes/failures.ts";
import { fakeKinds, kindRows, type FakeKind } from "../../e2e/fakes/kinds.ts";
import type { ErrorCode } from "../contract/errors.ts";
import type { Provider } from "./provider.ts";
import { makeGatedFetch } from "./testing/gated-fetch.ts";
import { exampleCall, providerContract, type FailureCase } from "./testing/provider-contract.ts";
import { openRig, providerFor, rigModel } from "./testing/vendor-rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
/** What comes out, how often it is tried, and the delay it must carry. */
type Expected = readonly [code: ErrorCode, requests: number, retryAfter?: number];

const expected: Partial<Record<FailureName, Expected>> = {
  "wrong-key": ["provider-auth", 1],
  "no-permission": ["provider-permission", 1],
  "unknown-model": ["provider-bad-request", 1],
  "rate-limited": ["provider-rate-limited", 4],
  "rate-limited-with-delay": ["provider-rate-limited", 4, 2000],
  "context-overflow": ["provider-context-overflow", 1],
  loading: ["provider-loading", 4],
  "server-error": ["provider-server", 4],
  "empty-error": ["provider-server", 4],
  "proxy-error": ["provider-server", 4],
  "array-error": ["provider-server", 4],
  "error-in-stream": ["provider-server", 4],
  "error-after-text": ["provider-server", 1],
  "flat-error-in-stream": ["provider-server", 4],
  "string-error-in-stream": ["provider-server", 4],
  "named-error-event": ["provider-server", 4],
  "bare-error-in-stream": ["provider-server", 4],
  "error-finish": ["provider-rate-limited", 4],
  aborted: ["provider-interrupted", 1],
  "unreadable-event": ["provider-server", 4],
  "cut-before-text": ["provider-network", 4],
  "cut-after-text": ["provider-interrupted", 1],
  "ends-before-text": ["provider-interrupted", 4],
  "ends-after-text": ["provider-interrupted", 1],
  redirect: ["egress-refused", 1],
};
const hosted: Partial<Record<FailureName, Expected>> = {
  "burst-limited": ["provider-rate-limited", 4],
  "tokens-limited": ["provider-rate-limited", 4],
  "free-quota-gone": ["provider-billing", 1],
  "free-tier-only": ["provider-billing", 1],
  arrearage: ["provider-billing", 1],
  overdue: ["provider-billing", 1],
  "moderated-input": ["provider-moderated", 1],
  "moderated-output": ["provider-moderated", 1],
};

/** The same provider, whose calls all go wrong so. */
function failing(rig: Rig, name: FailureName): Provider {
  return {
    ...rig.provider,
    async *stream(call, signal) {
      rig.fake.failAlways(name);
      try {
        yield* rig.provider.stream(call, signal);
      } finally {
        rig.fake.failAlways(null);
      }
    },
  };
}

function failureCases(kind: FakeKind, rig: Rig): FailureCase[] {
  const all: typeof expected = {
    ...expected,
    ...(kind === "dashscope" && hosted),
    // A 200 without a word: why, nobody can know.
    ...(kind === "llama-cpp-python" && { "context-overflow": ["provider-interrupted", 4] as const }),
  };
  return Object.entries(all).map(([name, [code, requests, retryAfter]]) => ({
    name,
    provider: failing(rig, name as FailureName),
    code,
    ...(retryAfter !== undefined && { retryAfter }),
    requests: { count: () => rig.fake.counts.requests, expected: requests },
  }));
}

describe.each(fakeKinds)("%s", (kind) => {
  providerContract(`${kind}, without thoughts,`, async () => {
    const rig = await openRig(kind, { thoughts: "" });
    return {
      ...rig,
      call: exampleCall({ model: rigModel }),
      reply: rig.fake.answer.text,
      failures: failureCases(kind, rig),
    };
  });

  providerContract(`${kind}, thinking,`, async () => {
    const rig = await openRig(kind);
    const call = exampleCall({ model: rigModel, thinking: { enabled: true, budget: 200 } });
    return {
      ...rig,
      call,
      reply: rig.fake.answer.text,
      ...(kindRows[kind].thinks({ enable_thinking: true }) && { reasoning: rig.fake.answer.thoughts }),
    };
  });

  test("what the ledger holds is what the server counted, to the byte", async () => {
    const rig = await openRig(kind);
    try {
      for (let call = 0; call < 3; call += 1)
        for await (const part of rig.provider.stream(exampleCall({ model: rigModel }), never()))
          expect(part).toBeDefined();
      rig.fake.fail("wrong-key");
      const refused = collect(rig.provider.stream(exampleCall({ model: rigModel }), never()));
      await expect(refused).rejects.toMatchObject({ code: "provider-auth" });
      expect(await rig.openStreams()).toBe(0);
      expect(rig.gated.rows.map((row) => [row.bytesSent, row.end?.bytesReceived])).toEqual(
        rig.fake.requests.map((request) => [request.requestBytes, request.responseBytes]),
      );
      expect(rig.gated.rows.map((row) => row.end?.outcome)).toEqual([
        "completed",
        "completed",
        "completed",
        "failed",
      ]);
    } finally {
      await rig.close();
    }
  });
});

test("a server that stays silent is left after the time allowed", async () => {
  const rig = await openRig("vllm", { thoughts: "" });
  const gated = makeGatedFetch({ timeout: 300 });
  try {
    const names = ["stall-before-head", "slow-first-token", "stall-after-text"] as const;
    rig.fake.fail(...names);
    const provider = providerFor(rig.fake, gated.fetch, {}, { tries: 1 });
    const outcomes = await Promise.allSettled(
      names.map(() => collect(provider.stream(exampleCall({ model: rigModel }), never()))),
    );
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "provider-timed-out" } });
    expect(rig.fake.counts.requests).toBe(names.length);
  } finally {
    await gated.close();
    await rig.close();
  }
});

const never = () => new AbortController().signal;
async function collect<Part>(stream: AsyncIterable<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
