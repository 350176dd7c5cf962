import { describe, expect, test } from "vitest";
import { ownWords, unknownOrigin } from "../contract/provenance.ts";
import { makeTurnMemory } from "./turn-memory.ts";

const from = (...collections: number[]) => ({ collections, reach: "cloud" as const });

describe("what is known of an answer", () => {
  test("is all that its letters were ever drawn from, and no further than the least of where they have been", () => {
    const turns = makeTurnMemory();
    turns.remember("r", "Yes.", { provenance: from(2), been: "cloud" });
    turns.remember("r", "Yes.", { provenance: from(1), been: "device" });
    turns.remember("r", "Yes.", { provenance: ownWords, been: "cloud" });
    expect(turns.recall("r", "Yes.")).toEqual({ provenance: from(1, 2), been: "device" });
  });

  test("is known under its request and its letters together", () => {
    const turns = makeTurnMemory();
    turns.remember('r","a', "b", { provenance: ownWords, been: "cloud" });
    for (const [id, answer] of [
      ["r", 'a","b'],
      ["r", "b"],
      ['r","a', "B"],
    ] as const)
      expect(turns.recall(id, answer).provenance).toEqual(unknownOrigin);
  });

  test("is forgotten oldest first, and with it the right to leave this device", () => {
    const turns = makeTurnMemory(2);
    const what = { provenance: ownWords, been: "cloud" } as const;
    turns.remember("1", "a", what);
    turns.remember("2", "b", what);
    turns.remember("1", "a", what);
    turns.remember("3", "c", what);
    expect(["1", "2", "3"].map((id, at) => turns.recall(id, "abc".charAt(at)).provenance.reach)).toEqual([
      "cloud",
      "device",
      "cloud",
    ]);
  });
});
