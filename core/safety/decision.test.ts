import { describe, expect, test } from "vitest";
import { budgetStates } from "../contract/costs.ts";
import { ownWords, unknownOrigin, type Provenance } from "../contract/provenance.ts";
import { reachAllows, reaches, type Reach } from "../contract/tiers.ts";
import { decide, type DecisionInput } from "./decision.ts";
import { decideScope, type ScopeInput } from "./scope.ts";

const collections = reaches.map((reach, at) => ({ id: at + 1, name: `For the ${reach}`, reach }));
const idOf = (reach: Reach) => reaches.indexOf(reach) + 1;
const from = (...ids: readonly number[]): Provenance => ({ collections: [...ids], reach: "cloud" });

const input = (changes: Partial<DecisionInput> = {}): DecisionInput => ({
  purpose: "suggest",
  tier: "standard",
  reach: "cloud",
  provenance: [ownWords],
  collections,
  verdict: { state: "not-moderated" },
  conversation: null,
  spend: null,
  ...changes,
});

describe("a decision", () => {
  test("lets a text go exactly as far as every collection it draws on allows", () => {
    for (const one of reaches)
      for (const other of reaches)
        for (const wanted of reaches) {
          const provenance = [ownWords, from(idOf(one), idOf(other))];
          const mayGo = reachAllows(one, wanted) && reachAllows(other, wanted);
          expect([one, other, wanted, decide(input({ reach: wanted, provenance })).kind]).toEqual([
            one,
            other,
            wanted,
            mayGo ? "proceed" : "refuse",
          ]);
        }
  });

  test("names the collections that keep it", () => {
    expect(decide(input({ provenance: [from(1, 3), from(2)] }))).toEqual({
      kind: "refuse",
      code: "reach-not-allowed",
      facts: {
        what: "texts",
        collection: "For the device, For the organisation",
        ids: "1,2",
        allowed: "device",
        wanted: "cloud",
      },
    });
  });

  test("keeps a text here that comes from nobody knows where, or from a collection that is gone", () => {
    for (const provenance of [unknownOrigin, from(99)])
      for (const reach of reaches)
        expect(decide(input({ reach, provenance: [provenance] })).kind).toBe(
          reach === "device" ? "proceed" : "refuse",
        );
  });

  test("asks before a conversation goes further than it has been, and not again at the same reach", () => {
    for (const been of reaches)
      for (const wanted of reaches) {
        const conversation = { been: ["cloud", been] as const, hasConsent: false };
        expect(decide(input({ reach: wanted, conversation }))).toMatchObject(
          reachAllows(been, wanted)
            ? { kind: "proceed" }
            : { kind: "refuse", code: "reach-needs-consent", facts: { wanted } },
        );
        const agreed = { ...conversation, hasConsent: true };
        expect(decide(input({ reach: wanted, conversation: agreed })).kind).toBe("proceed");
      }
  });

  test("takes no consent for what a collection forbids, also where it was drawn on turns ago", () => {
    const conversation = { been: ["device"] as const, hasConsent: true };
    expect(decide(input({ provenance: [ownWords, from(1)], conversation }))).toMatchObject({
      kind: "refuse",
      code: "reach-not-allowed",
      facts: { collection: "For the device" },
    });
  });

  test("stops what costs money once the budget is used up, and only then", () => {
    for (const state of budgetStates) {
      const spend = { state, spent: 5, limit: 5, currency: "EUR" } as const;
      expect(decide(input({ spend }))).toEqual(
        state === "stopped"
          ? { kind: "refuse", code: "budget-exceeded", facts: { spent: 5, limit: 5, currency: "EUR" } }
          : { kind: "proceed" },
      );
    }
  });

  test("refuses what moderation blocks before anything else is looked at", () => {
    const verdict = { state: "checked", action: "block", categories: ["violence"] } as const;
    expect(decide(input({ verdict, provenance: [from(1)] }))).toEqual({
      kind: "refuse",
      code: "not-allowed",
      facts: { categories: "violence" },
    });
  });
});

describe("the scope of a request", () => {
  const scope = (changes: Partial<ScopeInput> = {}) =>
    decideScope({ reach: "cloud", chosen: [], collections, goesWithout: false, ...changes });

  test("leaves out what may not travel so far, and refuses nothing because of it", () => {
    expect(scope()).toEqual({ kind: "search", within: [3], leftOut: collections.slice(0, 2) });
    expect(scope({ reach: "organisation" })).toMatchObject({ within: [2, 3], leftOut: [{ id: 1 }] });
    expect(scope({ chosen: [3, 1] })).toMatchObject({ within: [3], leftOut: [{ id: 1 }] });
  });

  test("is everything where nothing is left out", () => {
    expect(scope({ reach: "device" })).toEqual({ kind: "search", within: "everything", leftOut: [] });
    expect(scope({ collections: [] })).toEqual({ kind: "search", within: "everything", leftOut: [] });
    expect(scope({ chosen: [3] })).toEqual({ kind: "search", within: [3], leftOut: [] });
  });

  test("is refused when nothing is left, with the collections that would have to be widened", () => {
    for (const changes of [{ chosen: [1, 2] }, { collections: collections.slice(0, 2) }])
      expect(scope(changes)).toEqual({
        kind: "refuse",
        code: "reach-not-allowed",
        facts: {
          what: "collections",
          collection: "For the device, For the organisation",
          ids: "1,2",
          allowed: "device",
          wanted: "cloud",
        },
      });
  });

  test("is nowhere, never everywhere, when the person goes on without what is held back", () => {
    expect(scope({ chosen: [1], goesWithout: true })).toEqual({
      kind: "search",
      within: [],
      leftOut: [collections[0]],
    });
  });

  test("knows the collections there are", () => {
    expect(() => scope({ chosen: [9] })).toThrow(expect.objectContaining({ code: "not-found" }));
  });
});
