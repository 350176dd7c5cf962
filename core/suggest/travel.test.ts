import { describe, expect, test } from "vitest";
import { suggestRequest } from "../contract/suggest.ts";
import { makeWordModerator } from "../safety/testing/word-moderator.ts";
import { suggest } from "./suggest.ts";
import { makeSuggestRig, answer, sourcesOf, speak, types } from "./testing/suggest-rig.ts";

/** A first answer on this device, as the window sends it along with the next request. */
async function withTurn(collections: number[], reach: "device" | "cloud" = "cloud") {
  const rig = makeSuggestRig({ script: () => speak("Three months."), reach: "device" });
  const first = await rig.run({ id: "first", collections });
  const cloud = makeSuggestRig({
    script: () => speak("x"),
    reach,
    changes: { turns: rig.dependencies.turns },
  });
  return {
    ...cloud,
    turns: [{ id: "first", request: "How long is the notice period?", answer: answer(first) }],
  };
}

describe("how far a request goes", () => {
  // guide: "A collection that may not travel as far as the tier is not searched, and the suggestion
  // names it."
  test("one collection for this device only does not refuse a request over everything: it is left out and named", async () => {
    const { run, fake, searches } = makeSuggestRig({ script: () => speak("x"), reach: "cloud" });
    const events = await run({ tier: "standard" });
    expect(events).toContainEqual({
      type: "collections-left-out",
      collections: [{ id: 1, name: "Home", reach: "device" }],
    });
    expect([sourcesOf(events), events.at(-1)?.type]).toEqual([[2], "suggest-end"]);
    expect(searches.map(({ collections }) => collections)).toEqual([[2]]);
    expect(fake.calls).toHaveLength(1);
  });

  // guide: "The first request that would go further says which collection holds it back and who would
  // see what, and offers to let it travel."
  test("a request for exactly what may not travel is refused before anything is searched, with what to widen", async () => {
    const { run, fake, searches, reaches } = makeSuggestRig({ script: () => speak("x"), reach: "cloud" });
    const refused = await run({ tier: "standard", collections: [1] });
    expect(refused).toMatchObject([
      {
        type: "suggest-error",
        failure: {
          code: "reach-not-allowed",
          facts: { collection: "Home", ids: "1", allowed: "device", wanted: "cloud" },
        },
        offer: "local",
      },
    ]);
    reaches[1]!.reach = "organisation";
    expect((await run({ tier: "standard" })).at(-1)).toMatchObject({
      failure: { code: "reach-not-allowed", facts: { ids: "1,2" } },
    });
    expect([fake.calls, searches]).toEqual([[], []]);
    reaches[0]!.reach = "cloud";
    expect(sourcesOf(await run({ tier: "standard", collections: [1] }))).toEqual([1]);
  });

  test("a person who goes on without what is held back sends their own words and nothing else", async () => {
    const { run, fake, searches } = makeSuggestRig({ script: () => speak("x"), reach: "cloud" });
    const events = await run({ tier: "standard", collections: [1], withoutHeldBack: true });
    expect([sourcesOf(events), searches, events.at(-1)?.type]).toEqual([[], [], "suggest-end"]);
    expect(JSON.stringify(fake.calls)).not.toContain("tenant pays");
  });

  test("what is found is decided on again: a collection narrowed meanwhile sends nothing", async () => {
    const rig = makeSuggestRig({ script: () => speak("x"), reach: "cloud" });
    const { run } = makeSuggestRig({
      script: () => speak("x"),
      reach: "cloud",
      changes: {
        ...rig.dependencies,
        retriever: {
          search: async (request, signal) => {
            rig.reaches[1]!.reach = "device";
            return rig.dependencies.retriever.search(request, signal);
          },
        },
      },
    });
    expect((await run({ tier: "standard" })).at(-1)).toMatchObject({
      type: "suggest-error",
      failure: { code: "reach-not-allowed", facts: { collection: "Work" } },
    });
    expect(rig.fake.calls).toEqual([]);
  });

  test("nothing is searched on a device-only tier that is not everything when everything is allowed", async () => {
    const { run, searches } = makeSuggestRig({ script: () => speak("x") });
    await run({});
    await run({ collections: [2] });
    expect(searches.map(({ collections }) => collections)).toEqual([[], [2]]);
  });
});

describe("how far a conversation goes", () => {
  // guide: "Agreeing never lets a collection travel: an answer that drew on it stays within its limit,
  // however many turns ago that was."
  test("consent lets it travel further than it has been, and never lifts what a collection forbids", async () => {
    const open = await withTurn([2]);
    const input = { tier: "standard" as const, collections: [2], turns: open.turns };
    const asked = await open.run(input);
    expect(types(asked)).toEqual(["suggest-error"]);
    expect(asked[0]).toMatchObject({ failure: { code: "reach-needs-consent" } });
    expect((await open.run({ ...input, reachConsent: true })).at(-1)?.type).toBe("suggest-end");

    const kept = await withTurn([1]);
    const over = { ...input, turns: kept.turns, reachConsent: true };
    expect(await kept.run(over)).toMatchObject([
      { failure: { code: "reach-not-allowed", facts: { what: "texts", collection: "Home", ids: "1" } } },
    ]);
    expect(kept.fake.calls).toEqual([]);
    kept.reaches[0]!.reach = "cloud";
    expect((await kept.run(over)).at(-1)?.type).toBe("suggest-end");
  });

  test("what the window says of a turn widens nothing: other letters, another id, or none keep it here", async () => {
    const { run, turns, fake } = await withTurn([2]);
    const [turn] = turns;
    for (const claimed of [
      { ...turn!, answer: "Home's secret, in other letters" },
      { ...turn!, id: "second" },
      { ...turn!, id: "" },
    ])
      expect(
        (await run({ tier: "standard", collections: [2], turns: [claimed], reachConsent: true })).at(-1),
      ).toMatchObject({ failure: { code: "reach-not-allowed", facts: { allowed: "device" } } });
    expect(fake.calls).toEqual([]);
  });

  test("what an answer drew on is handed on to the answers after it", async () => {
    const here = await withTurn([1], "device");
    const second = await here.run({ id: "second", collections: [2], turns: here.turns });
    const { run, fake } = makeSuggestRig({
      script: () => speak("y"),
      reach: "cloud",
      changes: { turns: here.dependencies.turns },
    });
    // Only the second answer is sent along, and it was written with the first in sight.
    const turns = [{ id: "second", request: "?", answer: answer(second) }];
    expect(
      (await run({ tier: "standard", collections: [2], turns, reachConsent: true })).at(-1),
    ).toMatchObject({ failure: { code: "reach-not-allowed", facts: { collection: "Home" } } });
    expect([here.fake.calls.length, fake.calls.length]).toEqual([1, 0]);
  });

  test.each([
    ["was whole", undefined],
    ["was cancelled by the person", "cancel"],
    ["was left by the window", "leave"],
    ["broke off", "break"],
  ] as const)("an answer that %s is known by what was shown of it", async (_name, ending) => {
    const words = ["It is three", " months, and", " no more than th"];
    const { dependencies } = makeSuggestRig({
      script: () => (ending === "break" ? speak(...words).slice(0, -1) : speak(...words)),
      // The moderator holds a beginning back that may still become a word it minds.
      changes: { moderator: makeWordModerator({ block: { thousand: "violence" } }) },
    });
    const controller = new AbortController();
    let shown = "";
    const request = suggestRequest.parse({ id: "first", text: "How long is the notice period?" });
    for await (const event of suggest(request, dependencies, controller.signal)) {
      if (event.type === "text-delta") shown += event.text;
      if (shown === "" || event.type !== "text-delta") continue;
      if (ending === "cancel") controller.abort();
      if (ending === "leave") break;
    }
    expect(shown === words.join("")).toBe(ending === undefined || ending === "break");
    expect(dependencies.turns.recall("first", shown).provenance).toEqual({
      collections: [1, 2],
      reach: "cloud",
    });
  });
});
