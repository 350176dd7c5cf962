import { expect, test } from "vitest";
import { detailOf } from "./failure-detail.ts";

test("takes the closer sentence where the failure says why", () => {
  expect(detailOf({ code: "provider-auth", facts: { reason: "key-or-region" } })).toBe("key-or-region");
  expect(detailOf({ code: "reach-not-allowed", facts: { collection: "Letters" } })).toBe("collection");
  expect(detailOf({ code: "reach-not-allowed", facts: { what: "texts", collection: "Letters" } })).toBe(
    "conversation",
  );
  expect(detailOf({ code: "reach-not-allowed", facts: { what: "texts" } })).toBe("unknown");
  expect(detailOf({ code: "not-allowed", facts: { categories: "violence" } })).toBe("moderation");
  expect(detailOf({ code: "budget-exceeded", facts: { limit: 5, spent: 5, currency: "USD" } })).toBe("limit");
});
test("keeps the plain sentence where it does not", () => {
  expect(detailOf({ code: "offline" })).toBe("");
  expect(detailOf({ code: "budget-exceeded", facts: { spent: 5 } })).toBe("");
});
