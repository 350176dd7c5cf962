import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makeCertificates } from "../../e2e/fakes/certificates.ts";
import { makeDesk, type Desk, type Outcome } from "./testing/run-cli.ts";
import { runInProcess } from "./testing/run-in-process.ts";

const canary = "canary-header-2c90d7";
const server = ["--vendor", "vllm", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"];

const add = (desk: Desk, ...more: string[]): Promise<Outcome> =>
  runInProcess(desk, ["provider", "add", "house", ...server, "--json", ...more]);

function inEnvironment(name: string, value: string): void {
  vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe("the values of extra headers", () => {
  test.each([[["--header", `X-Team: ${canary}`]], [[`--header=X-Team: ${canary}`]], [["--header", canary]]])(
    "are taken from no command line; the refusal says how to give them and repeats nothing: %j",
    async (typed) => {
      const refused = await add(await makeDesk(), ...typed);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain("--header-file FILE");
      expect(refused.err).toContain("--header-env Name=VARIABLE");
      expect(refused.out + refused.err).not.toContain(canary);
    },
  );

  test("come from files and from the environment, and are not printed", async () => {
    const desk = await makeDesk();
    inEnvironment("QWILL_TEST_TRACE", canary);
    const file = desk.write("a.headers", `X-Team: ${canary}\r\n\nX-Desk:two: three\n`);
    const more = desk.write("b.headers", "X-More: four");
    const files = ["--header-file", file, "--header-file", more];
    const added = await add(desk, ...files, "--header-env", "X-Trace=QWILL_TEST_TRACE");
    expect(added.lines).toMatchObject([
      { headerNames: ["X-Team", "X-Desk", "X-More", "X-Trace"], auth: { scheme: "none" } },
    ]);
    expect(added.out + added.err).not.toContain(canary);
  });

  test("that cannot be read are told without what stands there", async () => {
    const desk = await makeDesk();
    const broken = await add(desk, "--header-file", desk.write("a.headers", canary));
    expect([broken.code, broken.err.includes(canary)]).toEqual([2, false]);
    expect((await add(desk, "--header-file", join(desk.folder, "none"))).code).toBe(1);
    expect((await add(desk, "--header-env", "X-Trace=QWILL_TEST_UNSET")).code).toBe(2);
    const typed = await add(desk, "--header-env", `X-Trace: ${canary}`);
    expect([typed.code, typed.err.includes(canary)]).toEqual([2, false]);
    expect((await runInProcess(desk, ["provider", "list", "--json"])).lines).toEqual([]);
  });
});

describe("a secret of a provider", () => {
  async function withHeaders(): Promise<Desk> {
    const desk = await makeDesk();
    const key = desk.write("key", "sk-one");
    const headers = desk.write("headers", "X-Team: one\nX-Desk: two\n");
    expect((await add(desk, "--api-key-file", key, "--header-file", headers)).code).toBe(0);
    return desk;
  }

  test("stays when another one is given again: headers by name, and the key beside them", async () => {
    const desk = await withHeaders();
    const again = await add(desk, "--header-file", desk.write("more", "x-team: three\nX-New: four\n"));
    expect(again.lines).toMatchObject([
      { headerNames: ["x-team", "X-Desk", "X-New"], hasApiKey: true, auth: { scheme: "bearer" } },
    ]);
  });

  test("can be taken away: the key, each header, the certificates", async () => {
    const desk = await withHeaders();
    const one = await add(desk, "--clear-header", "x-desk");
    expect(one.lines).toMatchObject([{ headerNames: ["X-Team"], hasApiKey: true }]);
    const { authority, client } = await makeCertificates();
    const ca = ["--ca", desk.write("ca.pem", authority)];
    const cert = ["--cert", desk.write("client.pem", client.certificate)];
    const certKey = ["--cert-key", desk.write("client.key", client.key)];
    const secured = await add(desk, "--clear", "api-key", ...ca, ...cert, ...certKey);
    expect(secured.lines).toMatchObject([
      {
        hasApiKey: false,
        hasCertificateAuthority: true,
        hasClientCertificate: true,
        headerNames: ["X-Team"],
      },
    ]);
    const bare = await add(desk, "--clear", "ca", "--clear", "cert", "--clear-header", "X-Team");
    expect(bare.lines).toMatchObject([
      { hasApiKey: false, hasCertificateAuthority: false, hasClientCertificate: false, headerNames: [] },
    ]);
  });

  test("that belongs to a subscription for other tools is taken, and warned of", async () => {
    const desk = await makeDesk();
    const hosted = ["--vendor", "qwen", "--model", "qwen-plus", "--region", "singapore"];
    for (const [key, warns] of [
      ["sk-sp-abc", true],
      ["sk-abc", false],
    ] as const) {
      const file = desk.write("key", key);
      const added = await runInProcess(desk, ["provider", "add", "q", ...hosted, "--api-key-file", file]);
      expect([added.code, added.err.includes("subscription")]).toEqual([0, warns]);
    }
  });

  test("is not said to be gone when it was never there, or is given at the same time", async () => {
    const desk = await withHeaders();
    const key = desk.write("other-key", "sk-two");
    for (const wrong of [
      ["--clear-header", "X-Teem"],
      ["--clear", "cert"],
      ["--clear", "password"],
      ["--clear", "api-key", "--api-key-file", key],
      ["--clear-header", "X-Team", "--header-file", desk.write("again", "x-team: five")],
    ])
      expect((await add(desk, ...wrong)).code, wrong.join(" ")).toBe(2);
    expect((await add(desk)).lines).toMatchObject([{ hasApiKey: true, headerNames: ["X-Team", "X-Desk"] }]);
  });
});
