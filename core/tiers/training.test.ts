import { describe, expect, onTestFinished, test } from "vitest";
import { startFineTuneFake, type FineTuneFakeOptions } from "../../e2e/fakes/fine-tune-fake.ts";
import type { Reach } from "../contract/tiers.ts";
import type { Outgoing } from "../safety/envelope/outgoing.ts";
import { countQwenTokens } from "../providers/tokens/qwen-tokens.ts";
import { insertCollection, updateCollection } from "../store/collections.ts";
import { keepSuggestion } from "../store/saved-suggestions.ts";
import { draftOf, makeTierRig } from "./testing/make-tier-rig.ts";
import { never } from "./testing/tier-parts.ts";

const secret = "The wine lies behind the third stone.";
const open = "The notice period is three months.";

/** Hosted Qwen with tuning, and one accepted suggestion each from a collection for this device and one for the cloud. */
async function makeTuningRig(options: FineTuneFakeOptions = {}) {
  const counted: string[] = [];
  const rig = makeTierRig({}, 1, [], (texts) => {
    for (const text of texts) counted.push(text);
    return countQwenTokens(texts);
  });
  const fake = await startFineTuneFake(options);
  onTestFinished(() => fake.close());
  await rig.tiers.providers.save(
    draftOf({
      name: "qwen",
      vendor: "qwen",
      model: "qwen-plus",
      region: "beijing",
      baseUrl: `${fake.origin}/compatible-mode/v1`,
    }),
    never(),
  );
  const collections = {
    device: insertCollection(rig.db, "Cellar", "device"),
    cloud: insertCollection(rig.db, "Leases", "cloud"),
  };
  const accept = (request: string, text: string, ids: readonly number[], reach: Reach = "cloud") =>
    keepSuggestion(rig.db, {
      requestId: request,
      intent: "answer",
      request,
      text,
      createdAt: 1,
      accepted: true,
      rating: 0,
      collections: [...ids],
      reach,
    }).id;
  const ids = {
    kept: accept("Where is the wine?", secret, [collections.device, collections.cloud]),
    open: accept("How long is the notice period?", open, [collections.cloud]),
  };
  const { fineTuning } = rig.tiers;
  const start = (exampleIds: readonly number[] = [ids.open]) =>
    fineTuning.start(
      { provider: "qwen", model: "qwen3-8b", epochs: 1, exampleIds, name: "house-style" },
      never(),
    );
  const remembered = () => rig.store.request("tiers.training-files", { provider: "qwen" }, never());
  return { ...rig, counted, fake, fineTuning, collections, accept, ids, start, remembered };
}

async function jobsUntil(rig: Awaited<ReturnType<typeof makeTuningRig>>, state: string): Promise<void> {
  const now = async () => (await rig.fineTuning.jobs("qwen", never()))[0]?.state;
  await expect.poll(now, { interval: 1, timeout: 10_000 }).toBe(state);
}

describe("what may be trained on", () => {
  test("says of every line where it comes from, so that a collection narrowed meanwhile keeps it here", async () => {
    const rig = await makeTuningRig();
    const protect = rig.envelope.protect.bind(rig.envelope);
    const seen: Outgoing[] = [];
    rig.envelope.protect = (outgoing, signal) => {
      seen.push(outgoing);
      updateCollection(rig.db, rig.collections.cloud, { reach: "device" });
      return protect(outgoing, signal);
    };
    await expect(rig.fineTuning.examples(never())).rejects.toMatchObject({
      code: "reach-not-allowed",
      facts: { collection: "Leases" },
    });
    const provenance = { collections: [rig.collections.cloud], reach: "cloud" };
    expect(seen[0]?.parts).toEqual(
      ["How long is the notice period?", open].map((text) => ({ kind: "training", text, provenance })),
    );
  });

  test("leaves no seal behind once its file was uploaded", async () => {
    const rig = await makeTuningRig();
    const add = rig.egress.seals.add.bind(rig.egress.seals);
    const sealed: Parameters<typeof add>[] = [];
    rig.egress.seals.add = (...one) => {
      sealed.push(one);
      return add(...one);
    };
    await rig.start();
    expect(sealed.map(([, { address }]) => new URL(address).pathname)).toContain("/api/v1/files");
    expect(sealed.filter((one) => rig.egress.seals.has(...one))).toEqual([]);
  });

  // guide: "Suggestions that were written from a collection which may not go to the cloud are left out
  // and named, and so are those accepted before Qwill kept track."
  test("leaves out what was written from a collection for this device only, and names it", async () => {
    const rig = await makeTuningRig();
    const { examples, leftOut } = await rig.fineTuning.examples(never());
    expect(examples.map(({ id }) => id)).toEqual([rig.ids.open]);
    expect(leftOut).toEqual([{ id: rig.ids.kept, request: "Where is the wine?", collections: ["Cellar"] }]);
    await expect(rig.start([rig.ids.kept, rig.ids.open])).rejects.toMatchObject({
      code: "bad-request",
      facts: { reason: "unknown-example" },
    });
    await rig.start();
    expect(JSON.stringify(rig.fake.requests)).not.toContain("third stone");
    expect([...rig.fake.files.values()].join("")).toContain(open);
  });

  test("follows what each collection allows now, and keeps here what nobody knows the origin of", async () => {
    const rig = await makeTuningRig();
    const idsNow = async () => (await rig.fineTuning.examples(never())).examples.map(({ id }) => id);
    updateCollection(rig.db, rig.collections.device, { reach: "cloud" });
    expect(new Set(await idsNow())).toEqual(new Set([rig.ids.kept, rig.ids.open]));
    updateCollection(rig.db, rig.collections.cloud, { reach: "organisation" });
    expect(await idsNow()).toEqual([]);
    rig.accept("From before", "Nobody knows.", [], "device");
    rig.accept("From one that is gone", "Gone.", [99]);
    expect((await rig.fineTuning.examples(never())).leftOut).toHaveLength(4);
    rig.accept("My own words", "Mine.", []);
    expect((await rig.fineTuning.examples(never())).examples).toMatchObject([{ request: "My own words" }]);
  });

  test("an acceptance that was taken back, or followed by a bad mark, is trained on no more", async () => {
    const rig = await makeTuningRig();
    const one = (accepted: boolean, rating: -1 | 0) =>
      keepSuggestion(rig.db, {
        requestId: "How long is the notice period?",
        intent: "answer",
        request: "How long is the notice period?",
        text: open,
        createdAt: 2,
        accepted,
        rating,
        collections: [rig.collections.cloud],
        reach: "cloud",
      });
    const examples = async () => (await rig.fineTuning.examples(never())).examples.length;
    expect(await examples()).toBe(1);
    one(false, 0);
    expect(await examples()).toBe(0);
    one(true, -1);
    expect(await examples()).toBe(0);
    one(true, 0);
    expect(await examples()).toBe(1);
  });

  test("suggestions accepted before their origin was kept are for this device only", async () => {
    const rig = await makeTuningRig();
    rig.db.exec(
      `INSERT INTO saved_suggestions (request_id, intent, request, text, created_at, accepted, rating)
       VALUES ('old', 'answer', 'An old one', 'Old text.', 1, 1, 0)`,
    );
    expect((await rig.fineTuning.examples(never())).leftOut).toContainEqual({
      id: expect.any(Number),
      request: "An old one",
      collections: [],
    });
  });
});

describe("an uploaded training file", () => {
  // guide: "The uploaded file is deleted when the job is over, was refused or is removed: when you
  // next look at the jobs."
  test("is deleted once its job has ended, and not before", async () => {
    const rig = await makeTuningRig({ steps: 2 });
    const { jobId } = await rig.start();
    expect([rig.fake.files.size, await rig.remembered()]).toMatchObject([1, [{ jobId }]]);
    await rig.fineTuning.jobs("qwen", never());
    expect(rig.fake.files.size).toBe(1);
    await jobsUntil(rig, "succeeded");
    await rig.fineTuning.jobs("qwen", never());
    expect([rig.fake.files.size, await rig.remembered()]).toEqual([0, []]);
  });

  test.each(["failed", "cancelled"] as const)("is deleted once its job has %s", async (end) => {
    const rig = await makeTuningRig({ failsJob: true });
    const { jobId } = await rig.start();
    if (end === "cancelled") await rig.fineTuning.cancel("qwen", jobId, never());
    await jobsUntil(rig, end);
    await rig.fineTuning.jobs("qwen", never());
    expect([rig.fake.files.size, await rig.remembered()]).toEqual([0, []]);
  });

  test("is deleted when the job is refused, which costs nothing and stands in the ledger", async () => {
    const rig = await makeTuningRig({ mostJobs: 0 });
    await expect(rig.start()).rejects.toMatchObject({ code: expect.stringMatching(/^provider-/) });
    expect([rig.fake.files.size, await rig.remembered()]).toEqual([0, []]);
    expect((await rig.tiers.spend(undefined, never())).rows).toEqual([]);
    const { rows } = await rig.store.request("ledger.rows", { offset: 0, limit: 100 }, never());
    expect(rows.toReversed().map(({ method, path }) => `${method} ${path.split("/")[3] ?? ""}`)).toEqual(
      expect.arrayContaining(["POST files", "POST fine-tunes", "DELETE files"]),
    );
  });

  test("is deleted with its job when that is removed", async () => {
    const rig = await makeTuningRig();
    const { jobId } = await rig.start();
    await rig.fineTuning.remove("qwen", jobId, never());
    expect([rig.fake.files.size, await rig.remembered()]).toEqual([0, []]);
  });

  test("that is gone already is forgotten", async () => {
    const rig = await makeTuningRig();
    await rig.store.request(
      "tiers.put-training-file",
      { provider: "qwen", fileId: "f-none", jobId: null, jobName: "left-behind", uploadedAt: 1 },
      never(),
    );
    await rig.fineTuning.jobs("qwen", never());
    expect(await rig.remembered()).toEqual([]);
  });
});

test("an example is counted once, however often the screen asks, and anew when its words are others", async () => {
  const rig = await makeTuningRig();
  const choice = { model: "qwen3-8b", epochs: 1, exampleIds: [rig.ids.open] };
  const { tokens } = await rig.fineTuning.quote(choice, never());
  expect(rig.counted).toContain(open);
  const before = rig.counted.length;
  await rig.fineTuning.examples(never());
  await rig.fineTuning.file(choice.exampleIds, never());
  expect((await rig.fineTuning.quote(choice, never())).tokens).toBe(tokens);
  await rig.start();
  expect(rig.counted.length).toBe(before);
  rig.accept("Another one", "With other words.", [rig.collections.cloud]);
  await rig.fineTuning.examples(never());
  expect(rig.counted.slice(before)).toEqual(expect.arrayContaining(["Another one", "With other words."]));
});

describe("a job", () => {
  test("is started once, however often it is asked for at the same time", async () => {
    const rig = await makeTuningRig();
    const [one, other] = await Promise.all([rig.start(), rig.start()]);
    expect(one.jobId).toBe(other.jobId);
    expect(await rig.fineTuning.jobs("qwen", never())).toHaveLength(1);
    expect((await rig.tiers.spend(undefined, never())).rows).toMatchObject([{ requests: 1 }]);
    expect((await rig.start()).jobId).not.toBe(one.jobId);
  });

  test("of a base without a known price is neither quoted nor started, and nothing is sent", async () => {
    const rig = await makeTuningRig({ bases: ["qwen3.5-9b"] });
    const choice = { model: "qwen3.5-9b", epochs: 1, exampleIds: [rig.ids.open] };
    const refusal = { code: "not-allowed", facts: { reason: "no-price" } };
    await expect(rig.fineTuning.quote(choice, never())).rejects.toMatchObject(refusal);
    const start = rig.fineTuning.start({ ...choice, provider: "qwen", name: "house-style" }, never());
    await expect(start).rejects.toMatchObject(refusal);
    expect(rig.fake.requests).toEqual([]);
  });

  test("that runs is looked at with three calls, however long its log is", async () => {
    const rig = await makeTuningRig({ steps: 400 });
    await rig.start();
    for (let look = 0; look < 160; look += 1) {
      const before = rig.fake.requests.length;
      const [job] = await rig.fineTuning.jobs("qwen", never());
      expect(rig.fake.requests.length - before).toBeLessThanOrEqual(3);
      if (job?.state === "running") expect(job.progress).toBeCloseTo((look - 1) / 400, 5);
    }
  });
});
