import { describe, expect, test } from "vitest";
import type { Citation, Source } from "../contract/suggest.ts";
import { textWords } from "../rag/search/words/text-words.ts";
import { makeCitationReader } from "./citations.ts";
import { makeClaimCheck } from "./claim-check.ts";

const text =
  "Revenue grew by 12 percent in 2023. The board approved the budget on 4 May. Costs fell slightly.\nStaff numbers stayed the same.";
const source: Source = {
  number: 1,
  documentId: 1,
  collectionId: 1,
  passageIds: [1],
  title: "Report",
  path: "/r.md",
  place: {},
  start: 1000,
  end: 1000 + text.length,
  text,
  score: 1,
  matches: [],
  copies: [],
};

/** Reads a reply in pieces of the given size: the result must not depend on it. */
function read(reply: string, size: number): Citation[] {
  const reader = makeCitationReader([source], textWords);
  const found: Citation[] = [];
  for (let at = 0; at < reply.length; at += size) found.push(...reader.push(reply.slice(at, at + size)));
  return [...found, ...reader.end()];
}

function checked(reply: string): (readonly [string, string, string | null])[] {
  const whole = read(reply, reply.length);
  for (const size of [1, 2, 7]) expect(read(reply, size)).toEqual(whole);
  return whole.map(
    (citation) =>
      [
        reply.slice(citation.at.start, citation.at.end),
        citation.state,
        citation.quote?.text ?? null,
      ] as const,
  );
}

describe("citations", () => {
  test("an exact quotation is found letter for letter with its place in the document", () => {
    const reply = "The report says “approved the budget on 4 May” [1].";
    expect(checked(reply)).toEqual([
      ["The report says “approved the budget on 4 May”", "exact", "approved the budget on 4 May"],
    ]);
    expect(read(reply, 99)[0]?.quote?.start).toBe(1000 + text.indexOf("approved"));
  });

  test("a quotation with one changed word is not found, though its words are near", () => {
    expect(checked("“The board rejected the budget on 4 May.” [1]")[0]?.[1]).toBe("not-found");
  });

  test("a paraphrase is supported by the sentence that holds its words", () => {
    expect(checked("The budget was approved by the board on 4 May [1].")).toEqual([
      [
        "The budget was approved by the board on 4 May",
        "supported",
        "The board approved the budget on 4 May.",
      ],
    ]);
  });

  test("a wrong number is not supported", () => {
    expect(checked("Revenue grew by 13 percent in 2023 [1].")[0]?.[1]).toBe("not-found");
  });

  test("each citation says where its mark stands", () => {
    const reply = "Costs fell slightly [1; 2]. Staff numbers stayed the same［1］。";
    expect(
      read(reply, 99).map(({ mark, sourceNumber }) => [reply.slice(mark.start, mark.end), sourceNumber]),
    ).toEqual([
      ["[1; 2]", 1],
      ["[1; 2]", 2],
      ["［1］", 1],
    ]);
  });

  test.each([
    "Costs fell slightly [1], [1].",
    "Costs fell slightly [1]. [1]",
    "Costs fell slightly [1] and [1].",
  ])("marks that follow each other stand for one claim: %s", (reply) => {
    expect(checked(reply).map(([claim, state]) => [claim, state])).toEqual([
      ["Costs fell slightly", "supported"],
      ["Costs fell slightly", "supported"],
    ]);
  });

  test("a claim begins behind the mark, the paragraph and the words before a quotation", () => {
    const reply = "A heading\n\nCosts fell slightly [1] and revenue grew by 12 percent in 2023 [1].";
    expect(checked(reply).map(([claim, state]) => [claim, state])).toEqual([
      ["Costs fell slightly", "supported"],
      ["and revenue grew by 12 percent in 2023", "supported"],
    ]);
    const quoted = checked("The report says:\n> Costs fell slightly. [1]");
    expect(quoted.map(([claim, state]) => [claim, state])).toEqual([["Costs fell slightly.", "exact"]]);
  });

  test("an answer of hundreds of thousands of pieces is read without going back over it", () => {
    const reader = makeCitationReader([source], textWords);
    // Going back for each piece, or for each mark, would take minutes at these sizes.
    for (let piece = 0; piece < 400_000; piece += 1) reader.push("word ");
    expect(reader.push("\n\nCosts fell slightly [1].")).toMatchObject([{ state: "supported" }]);
    const blanks = makeCitationReader([source], textWords);
    expect(blanks.push(`Costs fell slightly.${" ".repeat(200_000)}[1] `)).toMatchObject([
      { state: "supported" },
    ]);
    const marks = makeCitationReader([source], textWords);
    let count = 0;
    for (let mark = 0; mark < 20_000; mark += 1) count += marks.push("Costs [1] ").length;
    expect(count + marks.end().length).toBe(20_000);
  });

  test("a mark after the full stop stands for the sentence before it, each mark for its own", () => {
    expect(
      checked("Costs fell slightly. [1] Staff numbers stayed the same.[1]").map(([claim, state]) => [
        claim,
        state,
      ]),
    ).toEqual([
      ["Costs fell slightly.", "supported"],
      ["Staff numbers stayed the same.", "supported"],
    ]);
  });

  test("a number without a source is not found", () => {
    expect(checked("Costs fell slightly [7].")).toEqual([["Costs fell slightly", "not-found", null]]);
  });

  test("reads lists of numbers, full-width brackets, and marks side by side", () => {
    expect(checked("Costs fell slightly [1, 2].").map(([, state]) => state)).toEqual([
      "supported",
      "not-found",
    ]);
    expect(checked("Costs fell slightly【1】。").map(([, state]) => state)).toEqual(["supported"]);
    expect(checked("Costs fell slightly [1][1].").map(([claim]) => claim)).toEqual([
      "Costs fell slightly",
      "Costs fell slightly",
    ]);
  });

  test("a quotation with an ellipsis is exact within one sentence only", () => {
    expect(checked("“The board … budget on 4 May” [1]").map(([, state]) => state)).toEqual(["exact"]);
    expect(checked("“Revenue grew … the budget on 4 May” [1]").map(([, state]) => state)).toEqual(["near"]);
    expect(checked("“Revenue … in … budget” [1]").map(([, state]) => state)).toEqual(["not-found"]);
    expect(checked("“The budget … approved the board” [1]").map(([, state]) => state)).toEqual(["not-found"]);
  });

  test("an ellipsis that leaves out a not is not exact", () => {
    const turned = "The supplier is not liable for lost profit. The customer is liable for every damage.";
    const check = makeClaimCheck(turned, textWords);
    expect(check("“The supplier is … liable for every damage”", false).state).toBe("near");
    expect(check("“The supplier is … liable for lost profit”", false).state).toBe("near");
    expect(check("“The supplier is not … for lost profit”", false).state).toBe("exact");
  });

  test.each([
    ["“lawful use of the flat”", "Every unlawful use of the flat is banned."],
    ["“5 euro a day for”", "It costs 15 euro a day for two."],
    ["“The fee is 5”", "The fee is 50 euro."],
    ["“the rent is 1”", "Today the rent is 1.000 euro."],
    ["“the rapist came here”", "The therapist came here."],
    ["„wirksam ist der Vertrag“", "Unwirksam ist der Vertrag."],
    ["“甲方欠乙方五”", "甲方欠乙方五十元。"],
  ])("a quotation that cuts a word or a number does not stand there: %s — %s", (claim, passage) => {
    expect(makeClaimCheck(passage, textWords)(claim, false).state).toBe("not-found");
  });

  test.each([
    ["“sublet the flat to others”", "The tenant may not sublet the flat to others."],
    ["“… sublet the flat to others”", "The tenant may not sublet the flat to others."],
    ["“is liable for every damage”", "Nobody is liable for every damage."],
    ["“可以将房屋转租”", "承租人不可以将房屋转租。"],
  ])("a quotation that begins behind a not is not exact: %s — %s", (claim, passage) => {
    const check = makeClaimCheck(passage, textWords);
    expect(check(claim, false).state).toBe("near");
    // Whoever says the "not" as well quotes it rightly.
    expect(check(`It is not so: ${claim}`, false).state).toBe("exact");
  });

  test("leaves links, images and escaped brackets alone", () => {
    expect(checked("See [1](https://x.org) and \\[1\\] and ![1](x).")).toEqual([]);
  });

  test("a block quotation is one claim over its lines", () => {
    expect(
      checked(
        "Your documents say:\n\n> Costs fell slightly.\n> Staff numbers stayed the same. [1]\n>\n> — Report",
      )[0]?.slice(1),
    ).toEqual(["exact", "Costs fell slightly.\nStaff numbers stayed the same."]);
  });
});
