import { describe, expect, test } from "vitest";
import { matchRanges, toQueryTerms, toTerms } from "./terms.ts";

const finds = (text: string, question: string): boolean => {
  const terms = new Set(toTerms(text));
  return toQueryTerms(question).some((term) => terms.has(term));
};

describe("toTerms", () => {
  test("finds a word in another form, case, width or accent", () => {
    expect(finds("The contracts were cancelled.", "cancelling a contract")).toBe(true);
    expect(finds("STRASSE", "Straße")).toBe(true);
    expect(finds("naïve café", "naive cafe")).toBe(true);
    expect(finds("Ｑｗｉｌｌ", "qwill")).toBe(true);
    expect(finds("Versicherungsverträge", "Versicherungsvertrag")).toBe(true);
    expect(finds("договора", "договоров")).toBe(true);
  });

  test("finds Chinese, Japanese, Korean and Thai inside longer runs, one character too", () => {
    expect(finds("合同的违约责任由乙方承担。", "违约责任")).toBe(true);
    expect(finds("我家的猫很可爱", "猫")).toBe(true);
    expect(finds("東京都の人口", "東京")).toBe(true);
    expect(finds("고양이는 귀엽다", "고양이")).toBe(true);
    expect(finds("ประเทศไทยมีกรุงเทพเป็นเมืองหลวง", "กรุงเทพ")).toBe(true);
  });

  test("takes half-width kana as full-width", () => {
    expect(finds("ｶﾞｲﾄﾞ", "ガイド")).toBe(true);
  });

  test("keeps numbers and identifiers whole, and numbers with and without grouping alike", () => {
    expect(toTerms("INV2024001234567")).toEqual(["inv2024001234567"]);
    expect(finds("a fee of 1,250,000 euro", "1250000")).toBe(true);
    expect(toTerms("in 2019, 300 people")).toContain("300");
  });

  test("gives terms that split at blanks as they were joined", () => {
    const terms = toTerms("l'avion d’été — “50位候选人” x² ½ a_b c-d é́ ก็ हिन्दी 👍🏽 don't");
    expect(terms.join(" ").split(" ")).toEqual(terms);
    expect(terms.every((term) => /^[\p{L}\p{N}\p{M}]+$/u.test(term))).toBe(true);
  });

  test("does not choke on 1 MB of hostile text", () => {
    const started = performance.now();
    toTerms("á'".repeat(250_000) + "1,".repeat(100_000) + "漢".repeat(200_000));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe("toQueryTerms", () => {
  test("leaves stop words of the question's language out", () => {
    expect(toQueryTerms("How many points did the Panthers defense surrender?")).toEqual([
      "point",
      "panther",
      "defens",
      "surrend",
    ]);
    expect(toQueryTerms("Wie viele Punkte gab die Verteidigung ab?")).not.toContain("die");
    expect(toQueryTerms("die casting")).toContain("die");
  });

  test("keeps stop words when the question has no others", () => {
    expect(toQueryTerms("to be or not to be")).not.toEqual([]);
  });
});

describe("matchRanges", () => {
  test("marks the words of the question where they stand", () => {
    const text = "The café’s contracts ended; 合同违约责任。";
    const marked = matchRanges(text, "cafe contract 违约责任").map(({ start, end }) =>
      text.slice(start, end),
    );
    expect(marked).toEqual(["café", "contracts", "违约责任"]);
  });

  test("counts offsets in UTF-16 units past characters outside the first plane", () => {
    const text = "😀 𠮷野家 near";
    expect(matchRanges(text, "野家").map(({ start, end }) => text.slice(start, end))).toEqual(["野家"]);
  });
});
