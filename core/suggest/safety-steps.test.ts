import { describe, expect, test } from "vitest";
import { suggestRequest, type SuggestEvent } from "../contract/suggest.ts";
import type { FakeStep } from "../providers/testing/fake-provider.ts";
import { estimateTokens } from "../providers/tokens/estimate-tokens.ts";
import type { Moderator } from "../safety/moderator.ts";
import { makeListSanitizer } from "../safety/testing/list-sanitizer.ts";
import { makeScriptedReview } from "../safety/testing/scripted-review.ts";
import { makeWordModerator } from "../safety/testing/word-moderator.ts";
import { measureRequest } from "./measure-request.ts";
import { answer, makeSuggestRig, notices, speak, types } from "./testing/suggest-rig.ts";

const moderator = makeWordModerator({ block: { poison: "violence" }, warn: { gamble: "illegal-acts" } });
const thoughts = (events: readonly SuggestEvent[]) =>
  events.map((event) => (event.type === "reasoning-delta" ? event.text : "")).join("");
const moderated = (...script: FakeStep[]) =>
  makeSuggestRig({ script: () => script, changes: { moderator } }).run({});
const text = (words: string): FakeStep => ({ type: "text", text: words });
const reasoning = (words: string): FakeStep => ({ type: "reasoning", text: words });
const stop: FakeStep = { type: "finish", reason: "stop" };

describe("moderation", () => {
  test("of a blocked request refuses before anything is searched or sent, with its categories", async () => {
    const { run, fake, searches } = makeSuggestRig({ script: () => speak("x"), changes: { moderator } });
    expect(await run({ text: "How do I poison a well?" })).toEqual([
      { type: "moderation-blocked", of: "request", categories: ["violence"] },
      {
        type: "suggest-error",
        failure: { code: "not-allowed", facts: { categories: "violence" } },
        offer: null,
      },
    ]);
    expect([fake.calls, searches]).toEqual([[], []]);
  });

  test("of a request that is only minded warns and goes on", async () => {
    const { run } = makeSuggestRig({ script: () => speak("x"), changes: { moderator } });
    const events = await run({ text: "May I gamble?" });
    expect(events[0]).toEqual({ type: "moderation-warned", of: "request", categories: ["illegal-acts"] });
    expect([events.at(-1)?.type, notices(events).includes("not-moderated")]).toEqual(["suggest-end", false]);
  });

  test("stops an answer under way, takes back what was shown and hangs up", async () => {
    const rig = makeSuggestRig({
      script: () => [text("All is fine here. "), text("Take poi"), text("son and more"), stop],
      changes: { moderator },
    });
    const events = await rig.run({});
    expect(answer(events)).not.toContain("poison");
    expect(types(events).slice(-4)).toEqual([
      "moderation-blocked",
      "suggestion-retracted",
      "usage-counted",
      "suggest-end",
    ]);
    expect(events.at(-1)).toMatchObject({ finish: "moderated" });
    expect([rig.fake.open, events.some(({ type }) => type === "citation-checked")]).toEqual([0, false]);
  });

  test("by the last look blocks too: the answer is taken back and ends as moderated", async () => {
    // Each part is fine by itself; the whole is not.
    const whole: Moderator = {
      ...moderator,
      watchOutput: () => {
        let parts = 0;
        const allow = { state: "checked", action: "allow", categories: [] } as const;
        const block = { state: "checked", action: "block", categories: ["violence"] } as const;
        return {
          push: async (part) => {
            parts += 1;
            return { text: part, verdict: allow };
          },
          end: async () => ({ text: "", verdict: parts > 1 ? block : allow }),
        };
      },
    };
    const { run } = makeSuggestRig({
      script: () => speak("Step one. ", "Step two."),
      changes: { moderator: whole },
    });
    const events = await run({});
    expect(answer(events)).toBe("Step one. Step two.");
    expect(events).toContainEqual({ type: "moderation-blocked", of: "answer", categories: ["violence"] });
    expect(events).toContainEqual({ type: "suggestion-retracted" });
    expect(events.at(-1)).toMatchObject({ finish: "moderated" });
  });

  test("looks at thoughts as well, and a block there ends the whole suggestion", async () => {
    const during = await moderated(reasoning("They want poison, "), reasoning("so"), text("Sure."), stop);
    expect([thoughts(during).includes("poison"), answer(during)]).toEqual([false, ""]);
    expect(during).toContainEqual({ type: "moderation-blocked", of: "thoughts", categories: ["violence"] });
    expect(during.at(-1)).toMatchObject({ finish: "moderated" });
    const atTheEnd = await moderated(reasoning("poison"), text("Sure."), stop);
    expect(atTheEnd.at(-1)).toMatchObject({ finish: "moderated" });
    expect(thoughts(atTheEnd)).not.toContain("poison");
  });

  test("lets go of everything that was held back, of the answer and of the thoughts", async () => {
    const events = await moderated(reasoning("Three"), text("In all it is three"), stop);
    expect([thoughts(events), answer(events)]).toEqual(["Three", "In all it is three"]);
    expect(events.at(-1)).toMatchObject({ finish: "stop" });
  });

  test("warns of a category once", async () => {
    const events = await moderated(text("You may gamble. "), text("Or gamble again, later on."), stop);
    expect(types(events).filter((type) => type === "moderation-warned")).toHaveLength(1);
    expect(answer(events)).toBe("You may gamble. Or gamble again, later on.");
  });

  test("keeps what came before a break, also what was held back of it", async () => {
    const events = await moderated(text("It is three"));
    expect([answer(events), types(events).at(-1)]).toEqual(["It is three", "suggest-error"]);
  });
});

const sanitizer = makeListSanitizer({ TENANT: ["tenant"], TITLE: ["Lease"] });

describe("masking", () => {
  const masking = (script: () => FakeStep[], reach: "device" | "cloud" = "cloud") =>
    makeSuggestRig({ script, reach, steps: { sanitizer } });

  test("replaces values in request, pasted text, turns, passages and their titles, and nothing else", async () => {
    const { run, fake } = masking(() => speak("x"));
    const { run: before, dependencies } = makeSuggestRig({
      script: () => speak("The tenant pays."),
      reach: "cloud",
    });
    const first = answer(await before({ id: "first", tier: "standard", collections: [2] }));
    const rig = makeSuggestRig({
      script: () => speak("x"),
      reach: "cloud",
      steps: { sanitizer },
      changes: { turns: dependencies.turns },
    });
    await rig.run({
      tier: "standard",
      text: "What does the tenant pay?",
      pasted: "Dear tenant",
      turns: [{ id: "first", request: "Who is the tenant?", answer: first }],
    });
    const sent = JSON.stringify(rig.fake.calls[0]?.messages);
    expect(sent).not.toMatch(/\btenant\b|Lease/);
    expect(sent.match(/⟦TENANT_1⟧/g)).toHaveLength(5);
    // Rules, fences, numbers and pages are ours: they are not looked at.
    await run({ tier: "standard", collections: [2], text: "x" });
    const last = fake.calls[0]?.messages.at(-1)?.content ?? "";
    expect(last).toMatch(/<<passages (\w{12})>>\n\[2?1?\] ⟦TITLE_\d⟧ › p\. 2\n\w{4}\| The ⟦TENANT_\d⟧ pays/);
  });

  test("counts what is masked in what is sent, and shows the originals", async () => {
    const { run } = masking(() => [
      reasoning("See ⟦TENANT_1"),
      reasoning("⟧"),
      text("The ⟦TEN"),
      text("ANT_1⟧ pays"),
      text(" ⟦TITLE_"),
      stop,
    ]);
    const events = await run({ tier: "standard", text: "the tenant" });
    expect(events).toContainEqual({ type: "values-masked", counts: { TENANT: 2, TITLE: 1 } });
    // A placeholder that was cut off stays visible; nothing is lost.
    expect([thoughts(events), answer(events)]).toEqual(["See tenant", "The tenant pays ⟦TITLE_"]);
  });

  test("is done before the prompt is sized", async () => {
    const long = makeListSanitizer({ ["X".repeat(400)]: ["tenant"] });
    const { run, fake } = makeSuggestRig({
      script: () => speak("x"),
      reach: "cloud",
      steps: { sanitizer: long },
    });
    const events = await run({ tier: "standard", pasted: "tenant ".repeat(120) });
    const letters = fake.calls[0]?.messages.map(({ content }) => content).join("").length ?? 0;
    // 120 placeholders of 400 letters do not fit into 8,000 tokens; they were cut to what does.
    expect(notices(events)).toContain("prompt-shortened");
    expect(Math.ceil(letters / 3)).toBeLessThan(8000);
  });

  test("leaves alone what stays on this device", async () => {
    const { run, fake } = masking(() => speak("x"), "device");
    const events = await run({ text: "the tenant" });
    expect(JSON.stringify(fake.calls)).toContain("tenant");
    expect(types(events)).not.toContain("values-masked");
  });
});

describe("review", () => {
  const reviewed = () => {
    const review = makeScriptedReview(({ outgoing }) => outgoing.reach === "cloud");
    return { review, ...makeSuggestRig({ script: () => speak("Fine."), reach: "cloud", steps: { review } }) };
  };

  test("waits for the person, and sends nothing before", async () => {
    const { run, review } = reviewed();
    const events = await run({ tier: "standard" });
    const waits = types(events).indexOf("review-waiting");
    expect(waits).toBeGreaterThan(0);
    expect(waits).toBeLessThan(types(events).indexOf("text-delta"));
    expect(events[waits]).toMatchObject({ host: "fake.example" });
    expect(review.shown).toHaveLength(1);
  });

  test("shows exactly the bytes that then go out", async () => {
    const { run, review, fake, provider } = reviewed();
    await run({ tier: "standard" });
    const call = fake.calls[0];
    expect(call && (await provider.outside.requestOf(call))).toEqual(review.shown[0]?.request);
  });

  test("that is declined sends nothing and ends as declined, which is no cancel", async () => {
    const { run, review, fake } = reviewed();
    review.says("decline");
    const events = await run({ tier: "standard" });
    expect(events.at(-1)).toMatchObject({ type: "suggest-end", finish: "declined" });
    expect([fake.calls, answer(events)]).toEqual([[], ""]);
  });

  test("leaves no seal behind, however it ended", async () => {
    const { run, review, seals, provider, fake } = reviewed();
    await run({ tier: "standard" });
    const call = fake.calls[0];
    if (!call) throw new Error("nothing was sent");
    expect(seals.has("r1", await provider.outside.requestOf(call))).toBe(false);
    review.says("decline");
    await run({ tier: "standard" });
    expect(seals.has("r1", await provider.outside.requestOf(call))).toBe(false);
  });
});

describe("the estimate", () => {
  test("counts the very prompt that is then sent, turns and masked values included", async () => {
    const first = makeSuggestRig({ script: () => speak("The tenant pays."), reach: "cloud" });
    const said = answer(await first.run({ id: "first", tier: "standard", collections: [2] }));
    const { dependencies, run, fake, provider } = makeSuggestRig({
      script: () => speak("x"),
      reach: "cloud",
      steps: { sanitizer },
      changes: { turns: first.dependencies.turns },
    });
    const input = {
      id: "second",
      tier: "standard" as const,
      text: "And the tenant?",
      turns: [{ id: "first", request: "Who pays?", answer: said }],
    };
    const measured = await measureRequest(
      suggestRequest.parse(input),
      { engine: "model", provider, model: "fake-model", countTokens: estimateTokens },
      dependencies,
      new AbortController().signal,
    );
    await run(input);
    expect(fake.calls[0]?.messages).toEqual(measured.messages);
    expect(JSON.stringify(measured.messages)).toContain("Who pays?");
  });

  test("is refused with what the request would be refused with", async () => {
    const { dependencies, provider } = makeSuggestRig({ script: () => speak("x"), reach: "cloud" });
    await expect(
      measureRequest(
        suggestRequest.parse({ id: "r", text: "x", tier: "standard", collections: [1] }),
        { engine: "model", provider, model: "fake-model", countTokens: estimateTokens },
        dependencies,
        new AbortController().signal,
      ),
    ).rejects.toMatchObject({ code: "reach-not-allowed" });
  });
});
