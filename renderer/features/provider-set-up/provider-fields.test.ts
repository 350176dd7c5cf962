import { describe, expect, test } from "vitest";
import type { ProviderConfig } from "../../../core/contract/providers.ts";
import { providerDraft } from "../../../core/contract/tier-routes.ts";
import { fakeVendors } from "../../testing/fake-vendors.ts";
import { checkFields, isPlanKey } from "./check-fields.ts";
import { draftOf, fieldsOf, freeName, newFields, parseHeaders } from "./provider-fields.ts";

const qwen = fakeVendors.find(({ vendor }) => vendor === "qwen")!;
const vllm = fakeVendors.find(({ vendor }) => vendor === "vllm")!;
const stored: ProviderConfig = {
  name: "ours",
  vendor: "vllm",
  model: "qwen3",
  baseUrl: "https://llm.example.org/v1",
  reach: "organisation",
  auth: { scheme: "header", header: "X-Key" },
  headerNames: ["X-Team"],
  hasApiKey: true,
  hasCertificateAuthority: false,
  hasClientCertificate: false,
  skipModelListing: true,
  thinking: { enabled: true, budget: 2000 },
  maxInputTokens: 9000,
};

describe("what goes to main", () => {
  test("is what the contract takes, for every kind of server", () => {
    for (const card of fakeVendors) {
      const fields = { ...newFields(card, []), model: "m", baseUrl: "https://a.example/v1" };
      expect(providerDraft.safeParse(draftOf(fields, card, null)).success, card.vendor).toBe(true);
    }
  });
  test("leaves out secrets that were not typed, so that they keep their value", () => {
    expect(draftOf(fieldsOf(stored), vllm, stored).secrets).toEqual({});
  });
  // guide: "Each stored secret (key, extra header, certificate) can be taken away or replaced by itself; the others stay."
  test("takes away each stored secret that was marked, unless it is typed anew, and no other", () => {
    const two = { ...stored, headerNames: ["X-Team", "X-Desk"], hasClientCertificate: true };
    const secretsOf = (part: Partial<ReturnType<typeof fieldsOf>>) =>
      draftOf({ ...fieldsOf(two), ...part }, vllm, two).secrets;
    expect(secretsOf({ cleared: ["apiKey"] })).toEqual({ apiKey: "" });
    expect(secretsOf({ cleared: ["apiKey"], apiKey: "new" })).toEqual({ apiKey: "new" });
    expect(secretsOf({ cleared: ["authority"] })).toEqual({ certificateAuthority: "" });
    expect(secretsOf({ cleared: ["certificate"] })).toEqual({ clientCertificate: "", clientKey: "" });
    expect(secretsOf({ cleared: ["header X-Desk"], headers: "X-New: n" })).toEqual({
      headers: { "X-New": "n", "X-Desk": "" },
    });
    expect(secretsOf({ cleared: ["header X-Desk"], headers: "x-desk: d" })).toEqual({
      headers: { "x-desk": "d" },
    });
    const keyed = { ...vllm, needsApiKey: true };
    expect(checkFields({ ...fieldsOf(two), cleared: ["apiKey"] }, keyed, two, []).apiKey).toBe("keyNeeded");
  });
  test("changes nothing that was not changed", () => {
    const { config } = draftOf(fieldsOf(stored), vllm, stored);
    expect(config).toMatchObject({
      auth: stored.auth,
      thinking: stored.thinking,
      maxInputTokens: 9000,
      baseUrl: stored.baseUrl,
      skipModelListing: true,
    });
  });
  test("a hosted region names no address of its own", () => {
    const fields = { ...newFields(qwen, []), baseUrl: "https://left.over/v1" };
    expect(draftOf(fields, qwen, null).config.baseUrl).toBeUndefined();
  });
});

describe("faults are said beside their field", () => {
  // guide: "Plain http is for this computer only."
  test("plain http is for this computer only", () => {
    const fields = { ...newFields(vllm, []), model: "m" };
    expect(checkFields({ ...fields, baseUrl: "http://127.0.0.1:8000/v1" }, vllm, null, [])).toEqual({});
    expect(checkFields({ ...fields, baseUrl: "http://10.0.0.4/v1" }, vllm, null, []).baseUrl).toBe(
      "baseUrlPlain",
    );
  });
  test("a region without a shared address needs its workspace", () => {
    const fields = { ...newFields(qwen, []), apiKey: "k", region: "frankfurt" as const };
    expect(checkFields(fields, qwen, null, []).workspace).toBe("workspaceNeeded");
  });
  test("a key never follows to another address", () => {
    const keyed = { ...vllm, needsApiKey: true };
    const fields = fieldsOf(stored);
    expect(checkFields(fields, keyed, stored, ["ours"])).toEqual({});
    const moved = { ...fields, baseUrl: "https://other.example.org/v1" };
    expect(checkFields(moved, keyed, stored, ["ours"]).apiKey).toBe("keyNeeded");
  });
});

test("a key of a subscription is warned of, and only where there is such a thing", () => {
  expect(isPlanKey({ ...newFields(qwen, []), apiKey: " sk-sp-abc" }, qwen)).toBe(true);
  expect(isPlanKey({ ...newFields(qwen, []), apiKey: "sk-abc" }, qwen)).toBe(false);
  expect(isPlanKey({ ...newFields(vllm, []), apiKey: "sk-sp-abc" }, vllm)).toBe(false);
});

test("headers are read line by line, and half a header is none", () => {
  expect(parseHeaders("X-Team: desk\n\nX-Trace:  a b ")).toEqual({ "X-Team": "desk", "X-Trace": "a b" });
  expect(parseHeaders("X-Team")).toBeNull();
});
test("a new provider gets a name that is free", () => {
  expect(freeName("qwen", ["qwen", "qwen-2"])).toBe("qwen-3");
});
