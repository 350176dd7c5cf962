import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { electronCommand } from "../../build/setup/electron-runtime.mjs";
import { traceNetwork, whyNoTrace } from "../fixtures/network-trace.ts";
import { expect, test } from "../fixtures/test.ts";
import { canMakeNamespace, isInNamespace, runInNamespace } from "../support/network-namespace.ts";

const reason = whyNoTrace();
// The namespace is the wall, the trace the witness; where no namespace can be made the trace stands alone.
const isOutside = reason === null && !isInNamespace && canMakeNamespace();

test("rule S4 holds in a network namespace with nothing but loopback, seen by strace", async ({
  profile,
}) => {
  test.skip(!isOutside, reason ?? "already inside a namespace, or none can be made here");
  test.setTimeout(300_000);
  const run = await runInNamespace("e2e/specs/no-network.spec.ts", join(profile, "inside"));
  expect(run.output).toContain("2 passed");
  expect(run.code, run.output).toBe(0);
});

test.describe("rule S4, from start to quit", () => {
  test.skip(reason !== null || isOutside, reason ?? "runs inside the namespace");
  test.setTimeout(240_000);

  test("the trace sees a connect and a datagram to elsewhere", () => {
    const trace = traceNetwork(process.execPath, mkdtempSync(join(tmpdir(), "qwill-trace-")));
    // Addresses of the documentation network: nobody is there.
    const program = `
      require("net").connect(9, "192.0.2.1").on("error", () => undefined);
      require("net").connect(9, "127.0.0.1").on("error", () => undefined);
      require("dgram").createSocket("udp4").send("x", 53, "192.0.2.2", () => undefined);
      setTimeout(() => process.exit(), 300);`;
    spawnSync(trace.wrapper, ["-e", program], { timeout: 30_000 });
    const seen = trace.foreignCalls().join("\n");
    expect(seen).toContain("192.0.2.1");
    expect(seen).toContain("192.0.2.2");
    expect(seen).not.toContain("127.0.0.1");
  });

  // guide: "Nothing you write or add leaves the machine unless you set up a provider and choose its
  // tier for a request."
  // guide: "| This device (green shield) | nowhere: search, model and documents stay here |"
  test("a whole local session connects and sends nothing to anywhere but loopback", async ({
    launch,
    profile,
  }) => {
    const trace = traceNetwork(electronCommand().executablePath, mkdtempSync(join(tmpdir(), "qwill-trace-")));
    const qwill = await launch({ profile, wrapper: trace.wrapper });
    const { page } = qwill;
    const ask = async (route: string, input?: unknown) =>
      page.evaluate(([name, value]) => window.qwill.request(name, value), [route, input] as const);

    expect(await ask("vault.use-development-key")).toMatchObject({ ok: true });
    expect(await ask("library.add-sample")).toMatchObject({ ok: true, value: { added: 12 } });
    await expect
      .poll(async () => ask("library.files", { state: "ready" }), { timeout: 120_000 })
      .toMatchObject({ ok: true, value: { total: 12 } });
    expect(await ask("search.run", { question: "How many steps has the lighthouse?" })).toMatchObject({
      ok: true,
    });
    const last = await page.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          let event: unknown;
          window.qwill.stream(
            "suggest",
            { id: "1", text: "渔民节什么时候放船灯？" },
            (next) => (event = next),
            () => resolve(event),
          );
        }),
    );
    expect(last).toMatchObject({ type: "suggest-end", finish: "stop" });
    expect(
      await ask("settings.update", { theme: "dark", language: "zh-CN", firstRunDone: true }),
    ).toMatchObject({ ok: true });
    // Typing wakes the spelling checker where there is one; a reload wakes everything again.
    await page.reload();
    await page.getByRole("textbox").first().fill("Speling mistaks her");
    await qwill.chooseInDialog([]);
    expect(await ask("models.list")).toMatchObject({ ok: true });
    await qwill.quit();
    expect(trace.foreignCalls()).toEqual([]);
  });
});
