import { describe, expect, test } from "vitest";
import { textWords } from "../rag/search/words/text-words.ts";
import { findSupport, makeClaimSource } from "./claim-support.ts";
import { claimCases } from "./testing/claim-pairs.ts";

function isSupported(claim: string, passage: string): boolean {
  return findSupport(claim, makeClaimSource(passage, textWords.sentences(passage))) !== null;
}

const pairs = (kind: "supported" | "wrong") =>
  claimCases.flatMap((each) => each[kind].map((claim) => [claim, each.passage] as const));

describe("supported is never said of the opposite", () => {
  test.each(pairs("wrong"))("%s — %s", (claim, passage) => {
    expect(isSupported(claim, passage)).toBe(false);
  });

  test.each([
    ["The deposit is refundable.", "The deposit is non-refundable."],
    ["The firm pays rent.", "The firm stopped paying rent."],
    ["It is true that Anna signed.", "It is not true that Anna signed."],
    ["The tenant can vote.", "The tenant cannot speak or vote."],
    ["Tenant pays.", "No tenant reads and pays."],
    ["Bern pays 5 euro.", "Bernd pays 5 euro."],
    ["Mr Williams paid 5 euro.", "Mr William paid 5 euro."],
    ["The employee pays the employer.", "The employer pays the employee."],
    ["Der Versicherungsnehmer haftet.", "Der Versicherungsgeber haftet."],
    ["Anna owes Bernd 200 euro.", "Anna owes Carla 500 euro, and Bernd owes Dora 200 euro."],
    ["The rent for flat 4 is 950 euro.", "The rent for flat 4 is 900 euro. The rent for flat 5 is 950 euro."],
    ["The change was 5 percent.", "The change was -5 percent."],
    ["On 4 May the board met.", "On 4 June the board met."],
    ["Le locataire peut sous-louer.", "Le locataire ne peut pas sous-louer."],
    ["Арендатор может сдавать квартиру.", "Арендатор не может сдавать квартиру."],
    ["賃借人は転貸できる。", "賃借人は転貸できない。"],
    ["She owes him 5 euro.", "He owes her 5 euro."],
    ["成人票价为十元。", "成人票价为九十元。"],
    ["期限为三日。", "期限为三十日。"],
  ])("%s — %s", (claim, passage) => {
    expect(isSupported(claim, passage)).toBe(false);
  });
});

test("most of what a passage says again is supported, in every language", () => {
  for (const language of ["en", "de", "zh"]) {
    const said = claimCases
      .filter((each) => each.language === language)
      .flatMap(({ supported, passage }) => supported.map((claim) => isSupported(claim, passage)));
    expect(said.filter(Boolean).length / said.length).toBeGreaterThan(0.85);
  }
});

test("a claim may join what two sentences say", () => {
  expect(
    isSupported(
      "Revenue grew by 12 percent and costs fell slightly.",
      "Revenue grew by 12 percent. The board met in May. Costs fell slightly.",
    ),
  ).toBe(true);
});

test("a claim in a script whose words for not are unknown here is not said to be supported", () => {
  expect(isSupported("ผู้เช่าจ่ายเงิน", "ผู้เช่าจ่ายเงิน")).toBe(false);
});

test("a claim without words, and one longer than any sentence, are not supported", () => {
  expect(isSupported("…", "Anna pays.")).toBe(false);
  expect(isSupported("Anna pays ".repeat(10_000), "Anna pays.")).toBe(false);
});
