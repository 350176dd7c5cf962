import { expect, onTestFinished, test } from "vitest";
import { startFineTuneFake } from "../../e2e/fakes/fine-tune-fake.ts";
import { AppError } from "../contract/errors.ts";
import { makeTuningClient } from "../providers/fine-tune/tuning-client.ts";
import { makeGatedFetch, makeTestClock } from "../providers/testing/gated-fetch.ts";
import type { WireFetch } from "../providers/wire/wire-fetch.ts";
import { openTestDatabase } from "../store/testing/test-database.ts";
import { never } from "./testing/tier-parts.ts";
import { makeLocalTierStore } from "./tier-store.ts";
import { makeTrainingFiles } from "./training-files.ts";

/** Before the day that the fake's jobs were made. */
const uploadedAt = Date.parse("2026-11-20T00:00:00Z");
const line = '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n';
const lost = () => new AppError("provider-network");

/** A file that was uploaded, and a client whose network loses what the test says. */
async function makeRig() {
  const fake = await startFineTuneFake();
  const gated = makeGatedFetch();
  onTestFinished(async () => {
    await gated.close();
    await fake.close();
  });
  const loses = { request: "", reply: "" };
  const fetch: WireFetch = async (address, request, signal) => {
    const call = `${request.method} ${new URL(address).pathname.split("/")[3]}`;
    if (call === loses.request) throw lost();
    const reply = await gated.fetch(address, request, signal);
    if (call !== loses.reply) return reply;
    for await (const chunk of reply.body) expect(chunk).toBeDefined();
    throw lost();
  };
  const client = makeTuningClient({
    base: fake.baseUrl,
    headers: { authorization: `Bearer ${fake.apiKey}` },
    fetch,
    clock: makeTestClock(),
    now: Date.now,
  });
  const store = makeLocalTierStore(openTestDatabase());
  const files = makeTrainingFiles({ store, now: () => uploadedAt });
  const fileId = await client.upload(new TextEncoder().encode(line), "a.jsonl", never());
  const file = await files.add("qwen", fileId, "house-style");
  const create = () =>
    client.create(
      {
        base: rig.refuses ? "no-such-base" : "qwen3-8b",
        trainingFiles: [fileId],
        epochs: 1,
        batchSize: 16,
        maxLength: 8192,
        jobName: "house-style",
        modelName: "house-style",
      },
      never(),
    );
  let unknowns = 0;
  const start = () => files.jobFor(file, client, create, { unknown: () => void (unknowns += 1) });
  const remembered = () => store.request("tiers.training-files", { provider: "qwen" }, never());
  const sweep = async () => files.sweep("qwen", await client.list(never()), client, never());
  const rig = { fake, client, start, remembered, sweep, loses, refuses: false, unknowns: () => unknowns };
  return rig;
}

test("a job whose creation was taken but never answered is found, not started twice and not forgotten", async () => {
  const rig = await makeRig();
  rig.loses.reply = "POST fine-tunes";
  const job = await rig.start();
  expect((await rig.client.list(never())).map(({ jobId }) => jobId)).toEqual([job.jobId]);
  expect([await rig.remembered(), rig.fake.files.size, rig.unknowns()]).toMatchObject([
    [{ jobId: job.jobId }],
    1,
    0,
  ]);
});

test("a creation that never arrived takes its file with it and counts for nothing", async () => {
  const rig = await makeRig();
  rig.loses.request = "POST fine-tunes";
  await expect(rig.start()).rejects.toMatchObject({ code: "provider-network" });
  expect([await rig.remembered(), rig.fake.files.size, rig.unknowns()]).toEqual([[], 0, 0]);
});

test("where nobody can tell whether it was taken it counts as spent, and the next look settles the file", async () => {
  const rig = await makeRig();
  rig.loses.reply = "POST fine-tunes";
  rig.loses.request = "GET fine-tunes";
  await expect(rig.start()).rejects.toMatchObject({ code: "provider-network" });
  expect([await rig.remembered(), rig.fake.files.size, rig.unknowns()]).toMatchObject([
    [{ jobId: null }],
    1,
    1,
  ]);
  rig.loses.request = "";
  await rig.sweep();
  expect(await rig.remembered()).toMatchObject([{ jobId: expect.any(String) }]);
});

test("a file whose deletion failed is remembered and deleted at the next look", async () => {
  const rig = await makeRig();
  rig.loses.request = "DELETE files";
  rig.refuses = true;
  await expect(rig.start()).rejects.toMatchObject({ code: "provider-bad-request" });
  expect([await rig.remembered(), rig.fake.files.size]).toMatchObject([[{ jobId: null }], 1]);
  rig.loses.request = "";
  await rig.sweep();
  expect([await rig.remembered(), rig.fake.files.size]).toEqual([[], 0]);
});
