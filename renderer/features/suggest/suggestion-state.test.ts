import { describe, expect, test } from "vitest";
import type { SuggestEvent } from "../../../core/contract/suggest.ts";
import { applyEvents, failSuggestion, isRunning, startSuggestion } from "./suggestion-state.ts";

const start: SuggestEvent = {
  type: "suggest-start",
  id: "a",
  tier: "local",
  reach: "device",
  provider: "extractive",
  model: "quotes",
  engine: "quotes",
};
const end: Extract<SuggestEvent, { type: "suggest-end" }> = {
  type: "suggest-end",
  finish: "stop",
  milliseconds: { retrieval: 4, firstToken: 9, total: 20 },
};

describe("applyEvents", () => {
  test("joins deltas, keeps thinking apart and ends", () => {
    const state = applyEvents(startSuggestion("a"), [
      start,
      { type: "reasoning-delta", text: "hm" },
      { type: "text-delta", text: "Three " },
      { type: "text-delta", text: "months." },
      end,
    ]);
    expect(state).toMatchObject({ phase: "done", text: "Three months.", reasoning: "hm", end });
  });
  test("is searching until the first character", () => {
    const state = applyEvents(startSuggestion("a"), [start]);
    expect(state.phase).toBe("searching");
    expect(applyEvents(state, [{ type: "text-delta", text: "T" }]).phase).toBe("writing");
  });
  test("ignores what comes after the last event", () => {
    const done = applyEvents(startSuggestion("a"), [start, end]);
    expect(applyEvents(done, [{ type: "text-delta", text: "late" }])).toBe(done);
  });
  test("gives a notice once", () => {
    const notice: SuggestEvent = { type: "notice-given", notice: "quotes-only" };
    expect(applyEvents(startSuggestion("a"), [notice, notice]).notices).toEqual(["quotes-only"]);
  });
  test("a failure keeps the text that came and offers the local tier when told", () => {
    const state = applyEvents(startSuggestion("a"), [
      { type: "text-delta", text: "Half" },
      { type: "suggest-error", failure: { code: "provider-interrupted" }, offer: "local" },
    ]);
    expect(state).toMatchObject({ phase: "failed", text: "Half", offersLocal: true });
    expect(isRunning(state)).toBe(false);
  });
});

describe("what the steps of safety say", () => {
  const after = (...events: SuggestEvent[]) => applyEvents(startSuggestion("a"), [start, ...events]);

  test("collections left out, values masked and warnings stand beside the text", () => {
    expect(
      after(
        { type: "collections-left-out", collections: [{ id: 1, name: "Cellar", reach: "device" }] },
        { type: "values-masked", counts: { PERSON: 2, PHONE: 1 } },
        { type: "moderation-warned", of: "answer", categories: ["violence"] },
        { type: "moderation-warned", of: "thoughts", categories: ["violence", "hate"] },
        { type: "text-delta", text: "x" },
      ),
    ).toMatchObject({
      leftOut: [{ name: "Cellar" }],
      masked: 3,
      warnings: ["violence", "hate"],
      text: "x",
    });
  });

  test("a retraction takes text, thoughts and citations off the screen, and names what was blocked", () => {
    const state = after(
      { type: "reasoning-delta", text: "hm" },
      { type: "text-delta", text: "Take poison" },
      { type: "moderation-blocked", of: "answer", categories: ["violence"] },
      { type: "suggestion-retracted" },
      { ...end, finish: "moderated" },
    );
    expect(state).toMatchObject({
      phase: "done",
      text: "",
      reasoning: "",
      citations: [],
      blocked: ["violence"],
      isRetracted: true,
    });
  });

  test("a review is waited for until anything comes, and a declined one is no cancel", () => {
    const waiting = after({ type: "review-waiting", host: "api.example", texts: ["x"] });
    expect(waiting).toMatchObject({ phase: "searching", reviewAt: "api.example" });
    expect(applyEvents(waiting, [{ type: "text-delta", text: "T" }]).reviewAt).toBeNull();
    expect(applyEvents(waiting, [{ ...end, finish: "declined" }])).toMatchObject({
      phase: "done",
      reviewAt: null,
      end: { finish: "declined" },
    });
  });
});

test("a broken stream that was cancelled is no failure", () => {
  const state = failSuggestion(startSuggestion("a"), { code: "cancelled" }, false);
  expect(state).toMatchObject({ phase: "cancelled", failure: null });
});
