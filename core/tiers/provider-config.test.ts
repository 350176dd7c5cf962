import { describe, expect, test } from "vitest";
import { makeCertificates } from "../../e2e/fakes/certificates.ts";
import { storedFrom, type StoredProvider } from "./provider-config.ts";
import { draftOf, makeTierRig } from "./testing/make-tier-rig.ts";
import { never } from "./testing/tier-parts.ts";

const here = { baseUrl: "https://qwen.example.org/v1" };
const before: StoredProvider = storedFrom(
  draftOf(here, { apiKey: "one", headers: { "X-Team": "two" } }),
  null,
);

describe("secrets of a provider that is changed", () => {
  test("keep their value when left out, go when emptied, and are replaced when given", () => {
    expect(storedFrom(draftOf({ ...here, model: "other" }, {}), before)).toMatchObject({
      secrets: { apiKey: "one", headers: { "X-Team": "two" } },
      config: { hasApiKey: true, headerNames: ["X-Team"], model: "other" },
    });
    const emptied = storedFrom(draftOf(here, { apiKey: "", headers: { "X-Team": " " } }), before);
    expect([emptied.secrets, emptied.config.hasApiKey, emptied.config.headerNames]).toEqual([{}, false, []]);
    expect(storedFrom(draftOf(here, { apiKey: "three" }), before).secrets).toMatchObject({ apiKey: "three" });
  });

  test("keep the other headers when one is given again or taken away, whatever the case of its name", () => {
    const two = storedFrom(draftOf(here, { headers: { "X-Desk": "three" } }), before);
    expect(two.secrets).toEqual({ apiKey: "one", headers: { "X-Team": "two", "X-Desk": "three" } });
    const again = storedFrom(draftOf(here, { headers: { "x-team": "four" } }), two);
    expect(again.secrets.headers).toEqual({ "x-team": "four", "X-Desk": "three" });
    const one = storedFrom(draftOf(here, { headers: { "X-TEAM": "" } }), again);
    expect([one.secrets.headers, one.config.headerNames]).toEqual([{ "X-Desk": "three" }, ["X-Desk"]]);
  });

  test.each([
    ["another host", { baseUrl: "https://elsewhere.example.org/v1" }],
    ["another port", { baseUrl: "https://qwen.example.org:8443/v1" }],
    ["another vendor", { ...here, vendor: "sglang" }],
    ["another workspace", { ...here, workspace: "ws-2" }],
  ] as const)("never follow to %s", (_name, change) => {
    expect(storedFrom(draftOf(change, {}), before).secrets).toEqual({});
  });

  test("follow along a path of the same host", () => {
    const moved = storedFrom(draftOf({ baseUrl: "https://qwen.example.org/gateway/v1" }, {}), before);
    expect(moved.secrets.apiKey).toBe("one");
  });
});

describe("the reach of a provider", () => {
  test.each([
    ["vllm", "http://127.0.0.1:8000/v1", "device"],
    ["vllm", "https://qwen.example.org/v1", "cloud"],
    ["ollama", "https://tunnel.example.net/v1", "cloud"],
    ["pai-eas", "https://1.cn-beijing.pai-eas.aliyuncs.com/api/predict/x", "cloud"],
    ["sglang", "https://gpu-7/v1", "organisation"],
    ["sglang", "https://ai/v1", "cloud"],
    ["openai-compatible", "http://localhost:9/v1", "device"],
    ["openai-compatible", "https://10.2.3.4/v1", "organisation"],
    ["openai-compatible", "https://llm.corp/v1", "organisation"],
    ["openai-compatible", "https://api.example.com/v1", "cloud"],
    ["qwen", "http://127.0.0.1:8000/compatible-mode/v1", "cloud"],
    ["gemini", "http://127.0.0.1:8000", "cloud"],
  ] as const)("%s at %s is %s", (vendor, baseUrl, reach) => {
    expect(storedFrom(draftOf({ vendor, baseUrl }), null).config.reach).toBe(reach);
  });

  test("is not decided for an address that text may not go to", () => {
    for (const baseUrl of ["http://qwen.example.org/v1", "https://me:secret@qwen.example.org/v1"])
      expect(() => storedFrom(draftOf({ baseUrl }), null)).toThrow("egress-refused");
    expect(() => storedFrom(draftOf({ vendor: "qwen", model: "qwen-plus" }), null)).toThrow(
      "provider-not-configured",
    );
  });
});

test.each([
  ["https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "singapore"],
  ["https://ws-1.eu-central-1.maas.aliyuncs.com/compatible-mode/v1", "frankfurt"],
  ["http://127.0.0.1:8000/compatible-mode/v1", undefined],
])("the region of %s is %s", (baseUrl, region) => {
  const { config } = storedFrom(draftOf({ vendor: "qwen", model: "qwen-plus", baseUrl }), null);
  expect(config.region).toBe(region);
});

test("a certificate is checked when it is given, and its key is in no fault", async () => {
  const { client, server } = await makeCertificates();
  const save = (secrets: Parameters<typeof draftOf>[1]) => () => storedFrom(draftOf(here, secrets), null);
  const given = { clientCertificate: client.certificate, clientKey: client.key };
  expect(save(given)().config.hasClientCertificate).toBe(true);
  expect(save({ clientCertificate: client.certificate })).toThrow("bad-request");
  expect(save({ ...given, clientKey: server.key })).toThrow("provider-certificate");
  expect(save({ certificateAuthority: "not a certificate" })).toThrow("provider-certificate");
  const broken = client.key.slice(0, 80);
  expect(save({ ...given, clientKey: broken })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(broken), cause: expect.anything() }),
  );
});

test("a provider that was saved under other rules is judged anew when it is read", async () => {
  const rig = makeTierRig();
  const { config, secrets } = storedFrom(draftOf({ baseUrl: "https://llm.example.org/v1" }), null);
  await rig.store.request(
    "tiers.put-provider",
    { config: { ...config, reach: "organisation" }, secrets },
    never(),
  );
  rig.settings.update({ tiers: { standard: null, "high-quality": null, private: "house" } });
  expect(await rig.tiers.providers.list(never())).toMatchObject([{ reach: "cloud" }]);
  expect((await rig.book.open("house", never())).config.reach).toBe("cloud");
  await expect(rig.tiers.serve("private", never())).rejects.toMatchObject({ code: "not-allowed" });
});
