import { expect, test } from "vitest";
import { splitSentences } from "./sentences.ts";

const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));

test("does not end a sentence at an abbreviation, an initial or an ordinal", () => {
  expect(sentences("Dr. J. Smith came. He left on 3. May, e.g. early.")).toEqual([
    "Dr. J. Smith came.",
    "He left on 3. May, e.g. early.",
  ]);
});

test("splits Chinese at its own full stops", () => {
  expect(sentences("合同有效期为三年。到期后自动续约！")).toEqual(["合同有效期为三年。", "到期后自动续约！"]);
});

test("keeps a wrapped line together and ends headings, lists and paragraphs", () => {
  const text =
    "Notice period\nThe period of notice for both sides is three months to\nthe end of a quarter.\n- first item\n- second item\n\nNext";
  expect(sentences(text)).toEqual([
    "Notice period",
    "The period of notice for both sides is three months to\nthe end of a quarter.",
    "- first item",
    "- second item",
    "Next",
  ]);
});

test("loses no letter of the text", () => {
  const text = "A.B. C? “D!” e… 1. F\n\n\n x\t。。y";
  expect(sentences(text).join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
});
