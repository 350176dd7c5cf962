import { expect, test } from "vitest";
import { makeDuplicateFilter } from "./near-duplicates.ts";

const text =
  "The tenant shall keep the flat in good order and shall tell the landlord of damage at once. Repairs that are due to ordinary use are paid by the landlord, all others by the tenant, who may choose the craftsman and has to show the bill on request. Pets need consent.";

test("a copy with another layout or one other word is dropped, another text is kept", () => {
  const filter = makeDuplicateFilter();
  expect(filter.isRepeated(text)).toBe(false);
  expect(filter.isRepeated(text.replaceAll(" ", "\n").toUpperCase())).toBe(true);
  expect(filter.isRepeated(text.replace("Pets", "Dogs"))).toBe(true);
  expect(filter.isRepeated([...text].toReversed().join(""))).toBe(false);
});

test("texts that differ in a number are both kept", () => {
  const filter = makeDuplicateFilter();
  expect(filter.isRepeated(`${text} The rent is 900 euro.`)).toBe(false);
  expect(filter.isRepeated(`${text} The rent is 950 euro.`)).toBe(false);
});

test("short texts are compared whole, Chinese too", () => {
  const filter = makeDuplicateFilter();
  expect(filter.isRepeated("通知期限为三个月。")).toBe(false);
  expect(filter.isRepeated("通知期限为三个月")).toBe(true);
  expect(filter.isRepeated("通知期限为六个月。")).toBe(false);
});
