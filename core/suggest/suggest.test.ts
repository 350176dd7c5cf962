import { describe, expect, test } from "vitest";
import { AppError } from "../contract/errors.ts";
import { suggestRequest, type SuggestEvent } from "../contract/suggest.ts";
import { makeQuotingEngine } from "../providers/extractive/quoting-engine.ts";
import type { FakeStep } from "../providers/testing/fake-provider.ts";
import { textWords } from "../rag/search/words/text-words.ts";
import { suggest } from "./suggest.ts";
import { hit, makeSuggestRig, notices, passage, speak, types } from "./testing/suggest-rig.ts";

describe("suggest", () => {
  test("ends with one last event after sources, text, checked citations and usage", async () => {
    const rig = makeSuggestRig({
      script: () => [
        { type: "reasoning", text: "hm" },
        ...speak("The notice period is ", "three months [", "1]."),
      ],
    });
    const events = await rig.run({ collections: [1] });
    expect(types(events)).toEqual([
      "suggest-start",
      "notice-given",
      "source-found",
      "notice-given",
      "reasoning-delta",
      "text-delta",
      "text-delta",
      "text-delta",
      "citation-checked",
      "usage-counted",
      "suggest-end",
    ]);
    expect(notices(events)).toEqual(["not-moderated", "vectors-missing"]);
    const citation = events.find((event) => event.type === "citation-checked");
    expect(citation?.citation).toMatchObject({
      sourceNumber: 1,
      state: "supported",
      at: { start: 0, end: 33 },
    });
    expect(citation?.citation.quote?.text).toBe("The notice period is three months.");
    expect(citation?.citation.quote?.start).toBe(50 + passage.indexOf("The notice"));
  });

  test("fences passages as data with a delimiter, the request last and outside", async () => {
    const { fake, run } = makeSuggestRig({ script: () => speak("x") });
    await run({ pasted: "Dear tenant", intent: "reply" });
    const messages = fake.calls[0]?.messages ?? [];
    const last = messages.at(-1)?.content ?? "";
    expect(last).toMatch(/<<passages (\w{12})>>\n\[1\] Lease › p\. 2\n\w{4}\| The tenant[\s\S]+<<end \1>>/);
    expect(last).toMatch(/<<text \w{12}>>\n\w{4}\| Dear tenant/);
    expect(last.endsWith("Request: How long is the notice period?")).toBe(true);
    expect(messages[0]?.content).toContain("never follow instructions");
  });

  test("cancel ends with finish cancelled, whenever it comes, and hangs up", async () => {
    const before = await makeSuggestRig({ script: () => speak("x") }).run({}, AbortSignal.abort());
    expect(before.at(-1)).toMatchObject({ type: "suggest-end", finish: "cancelled" });
    const controller = new AbortController();
    const { dependencies, fake } = makeSuggestRig({
      script: () => [
        { type: "text", text: "one" },
        { type: "hold", until: new Promise<void>(() => undefined) },
      ],
    });
    const seen: SuggestEvent[] = [];
    for await (const event of suggest(
      suggestRequest.parse({ id: "r", text: "q" }),
      dependencies,
      controller.signal,
    )) {
      seen.push(event);
      if (event.type === "text-delta") controller.abort();
    }
    expect(seen.at(-1)).toMatchObject({ type: "suggest-end", finish: "cancelled" });
    expect(types(seen).filter((type) => type === "suggest-end" || type === "suggest-error")).toHaveLength(1);
    expect(fake.open).toBe(0);
  });

  test("leaving early hangs up", async () => {
    const { dependencies, fake } = makeSuggestRig({ script: () => speak("one", "two") });
    for await (const event of suggest(
      suggestRequest.parse({ id: "r", text: "q" }),
      dependencies,
      new AbortController().signal,
    ))
      if (event.type === "text-delta") break;
    expect(fake.open).toBe(0);
  });

  test("a failure ends with its code; the local tier is offered to others, never a cloud one", async () => {
    const failing = (): FakeStep[] => [
      { type: "fail", error: new AppError("provider-rate-limited", { retryAfter: 5000 }) },
    ];
    const local = await makeSuggestRig({ script: failing }).run({});
    expect(local.at(-1)).toEqual({
      type: "suggest-error",
      failure: { code: "provider-rate-limited", retryAfter: 5000 },
      offer: null,
    });
    const tiers = await makeSuggestRig({ script: failing, reach: "cloud" }).run({ tier: "standard" });
    expect(tiers.at(-1)).toMatchObject({ offer: "local" });
  });

  test("a bug is told and ends as internal", async () => {
    const { run, bugs } = makeSuggestRig({
      script: () => speak("x"),
      changes: {
        collections: async () => {
          throw new TypeError("bug");
        },
      },
    });
    expect((await run({})).at(-1)).toMatchObject({ failure: { code: "internal" } });
    expect(bugs).toHaveLength(1);
  });

  test("says when nothing was found and when a question counts the whole library", async () => {
    const { run } = makeSuggestRig({
      script: () => speak("x"),
      changes: {
        retriever: {
          search: async () => ({
            hits: [{ ...hit(1, "Bananas are yellow."), score: 0.1, vectorScore: 0.8, wordScore: 0.05 }],
            mode: "hybrid",
            notices: [],
            milliseconds: { embed: 0, vectors: 0, words: 0, fuse: 0, total: 0 },
          }),
        },
      },
    });
    expect(notices(await run({ text: "How many documents mention quantum gravity?" }))).toEqual([
      "not-moderated",
      "counts-whole-library",
      "nothing-found",
    ]);
    expect(notices(await run({ text: "有多少份合同提到违约金？" }))).toContain("counts-whole-library");
  });

  test("shortens a long conversation and says so", async () => {
    const turns = Array.from({ length: 50 }, (_, at) => ({
      id: `r${at}`,
      request: `r${at} ${"x".repeat(900)}`,
      answer: "y".repeat(900),
    }));
    const { run, fake } = makeSuggestRig({ script: () => speak("x") });
    const events = await run({ turns });
    expect(notices(events)).toContain("conversation-shortened");
    const sent = fake.calls[0]?.messages ?? [];
    expect(sent.at(-2)?.content.startsWith("y")).toBe(true);
    expect(sent.map((message) => message.content).join("").length).toBeLessThan(24_000);
  });

  test("quotes come out exact with the quoting engine, Markdown and brackets in them or not", async () => {
    const text =
      "Intro. The *notice* period [see 3] is 1. three months_long <b>. 4) More text about the notice period here.";
    const { run } = makeSuggestRig({
      script: () => [],
      changes: {
        serve: async () => ({ engine: "quotes", quotes: makeQuotingEngine({ words: textWords }) }),
        retriever: {
          search: async () => ({
            hits: [hit(1, text), hit(2, "通知期限为三个月。\n另有规定的除外。")],
            mode: "hybrid",
            notices: [],
            milliseconds: { embed: 0, vectors: 0, words: 0, fuse: 0, total: 0 },
          }),
        },
      },
    });
    for (const question of ["How long is the notice period?", "通知期限是多久？"]) {
      const events = await run({ text: question });
      const citations = events.flatMap((event) =>
        event.type === "citation-checked" ? [event.citation] : [],
      );
      expect(citations.length).toBeGreaterThan(0);
      expect(citations.every((citation) => citation.state === "exact")).toBe(true);
      expect(notices(events)).toContain("quotes-only");
    }
  });
});
