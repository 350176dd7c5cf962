import { describe, expect, test } from "vitest";
import { budgetStates } from "../contract/costs.ts";
import { suggestRequest } from "../contract/suggest.ts";
import { reachAllows, reaches, type Reach } from "../contract/tiers.ts";
import { decide, type DecisionInput } from "./decision.ts";

const input = (changes: Partial<DecisionInput> = {}): DecisionInput => ({
  request: suggestRequest.parse({ id: "r", text: "x", tier: "standard" }),
  reach: "cloud",
  collections: [],
  verdict: { state: "not-moderated" },
  canSanitise: false,
  ...changes,
});
const collection = (reach: Reach) => ({ id: 1, name: "Letters", reach });
const turn = (reach: Reach) => ({ request: "a", answer: "b", reach });
const withTurns = (turns: readonly Reach[], reachConsent = false) =>
  suggestRequest.parse({ id: "r", text: "x", turns: turns.map(turn), reachConsent });

describe("a decision", () => {
  test("lets text go exactly as far as every collection allows", () => {
    for (const allowed of reaches)
      for (const wanted of reaches) {
        const decision = decide(
          input({ reach: wanted, collections: [collection("cloud"), collection(allowed)] }),
        );
        expect([allowed, wanted, decision.kind]).toEqual([
          allowed,
          wanted,
          reachAllows(allowed, wanted) ? "proceed" : "refuse",
        ]);
      }
  });

  test("names the collection that keeps it", () => {
    expect(decide(input({ collections: [collection("organisation")] }))).toEqual({
      kind: "refuse",
      code: "reach-not-allowed",
      facts: { collection: "Letters", allowed: "organisation", wanted: "cloud" },
    });
  });

  test("asks before a conversation goes further than it has been, and not again at the same reach", () => {
    for (const been of reaches)
      for (const wanted of reaches) {
        const without = decide(input({ request: withTurns(["cloud", been]), reach: wanted }));
        const needsConsent = !reachAllows(been, wanted);
        expect(without).toMatchObject(
          needsConsent ? { kind: "refuse", code: "reach-needs-consent" } : { kind: "proceed" },
        );
        expect(decide(input({ request: withTurns([been], true), reach: wanted })).kind).toBe("proceed");
      }
  });

  test("takes no consent for what a collection forbids", () => {
    expect(
      decide(input({ request: withTurns(["device"], true), collections: [collection("device")] })),
    ).toMatchObject({ kind: "refuse", code: "reach-not-allowed" });
  });

  test("stops what costs money once the budget is used up, and only then", () => {
    for (const state of budgetStates) {
      const spend = { state, spent: 5, limit: 5, currency: "EUR" } as const;
      expect(decide(input({ spend }))).toEqual(
        state === "stopped"
          ? { kind: "refuse", code: "budget-exceeded", facts: { spent: 5, limit: 5, currency: "EUR" } }
          : { kind: "proceed", sanitise: false, review: false },
      );
    }
    expect(decide(input({ spend: null })).kind).toBe("proceed");
  });

  test("refuses what moderation blocks before anything else is looked at", () => {
    const verdict = { state: "checked", action: "block", categories: ["violence"] } as const;
    expect(decide(input({ verdict, collections: [collection("device")] }))).toEqual({
      kind: "refuse",
      code: "not-allowed",
      facts: { categories: "violence" },
    });
  });

  test("sanitises what leaves the device wherever that can be done", () => {
    for (const reach of reaches)
      expect(decide(input({ reach, canSanitise: true }))).toMatchObject({ sanitise: reach !== "device" });
  });
});
