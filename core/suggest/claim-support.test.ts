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

describe("supported is never said of another number, of another person, or of what is only thought", () => {
  test.each([
    ["The price is 5 euro.", "The price is 5 thousand euro."],
    ["The price is 5 euro.", "The price is 5 million euro."],
    ["The fee is 5 euro.", "The fee is about 5 euro."],
    ["The temperature is 5 degrees.", "The temperature is −5 degrees."],
    ["The temperature is 5 degrees.", "The temperature is minus 5 degrees."],
    ["The margin was 5.", "The margin was 5–10."],
    ["The dose is 5 mg.", "The dose is 5 mg/kg."],
    ["The meeting is at 5 am.", "The meeting is at 5 pm."],
    ["The parcel weighs 1.234 kg.", "The parcel weighs 1,234 kg."],
    ["Article 5 applies.", "Article 5a applies."],
    ["The members voted.", "A third of the members voted."],
    ["The rent is due on 3 May.", "The rent is due on 3 May at the earliest."],
    ["The tenant must not pay.", "The tenant need not pay."],
    ["The tenant pays.", "The tenant's landlord pays."],
    ["Anna pays.", "The mother of Anna pays."],
    ["The contract ended in 2020.", "The contract would have ended in 2020."],
    ["Anna signed the contract.", "Had Anna signed the contract, the rent would have fallen."],
    ["Anna signed the contract.", "Bernd claimed that Anna signed the contract."],
    ["Anna lied.", "According to Bernd, Anna lied."],
    ["Anna lied.", "Whether Anna lied is unknown."],
    ["Revenue rose.", "Revenue rose? No."],
    ["The firm delivers the goods.", "The firm will deliver the goods."],
    ["Profit fell.", "Profit fell short of forecasts."],
    ["The board approved the plan.", "The board approved the withdrawal of the plan."],
    ["Everyone voted.", "Everyone excluding Anna voted."],
    ["Umsatz stieg um 5 Prozent.", "Umsatz stieg auf 5 Prozent."],
    ["Umsatz stieg um 5 Prozent.", "Umsatz stieg um rund 5 Prozent."],
    ["Der Preis beträgt 2 Euro.", "Der Preis beträgt 2 Millionen Euro."],
    ["Anna hat den Vertrag unterschrieben.", "Anna hätte den Vertrag unterschrieben."],
    ["Anna hat den Vertrag unterschrieben.", "Anna will den Vertrag unterschrieben haben."],
    ["Mitglieder stimmten zu.", "Die Hälfte der Mitglieder stimmte zu."],
    ["Die Zahlung ist fällig.", "Die Zahlung ist erst 2030 fällig."],
    ["Der Kurs stieg.", "Der Kurs stieg mitnichten."],
    ["甲欠乙500元。", "甲欠乙500万元。"],
    ["收入增长5%。", "收入增长至5%。"],
    ["收入增长5%。", "收入增长约5%。"],
    ["收入增长5%。", "收入增长超过5%。"],
    ["收入增长5%。", "收入负增长5%。"],
    ["成员同意。", "三分之一成员同意。"],
    ["成员同意。", "成员反对同意。"],
    ["承租人可以转租房屋。", "承租人可以转租房屋以外的物品。"],
    ["张三赢了。", "假如张三赢了，就好了。"],
    ["张三赢了。", "据说张三赢了。"],
    ["张三赢了。", "张三差点赢了。"],
    ["张三赢了。", "张三是否赢了，尚不清楚。"],
    ["张三付款。", "张三的父亲付款。"],
    ["王明付款。", "王小明付款。"],
    ["Smoking is allowed.", "Smoking is allowed nowhere."],
    ["The plan was approved.", "The plan was almost approved."],
    ["The prime minister resigned.", "The former prime minister resigned."],
    ["The vote is public.", "The vote is semi-public."],
    ["The buyer pays.", "The buyer or the seller pays."],
    ["Hunde sind erlaubt.", "Hunde sind nirgends erlaubt."],
    ["Der Minister trat zurück.", "Der stellvertretende Minister trat zurück."],
    ["Er wurde 1950 geboren.", "Er wurde in den 1950ern geboren."],
    ["Die Miete beträgt 900 Euro.", "Die Miete beträgt 900 Euro zuzüglich Nebenkosten."],
    ["校长辞职。", "副校长辞职。"],
    ["买方付款。", "买方或卖方付款。"],
    ["买方付款。", "买方要求卖方付款。"],
    ["租金为900元。", "租金为900美元。"],
    ["租金为900元。", "租金最高为900元。"],
    ["气温为5度。", "气温为负5度。"],
    ["下降三成。", "下降到三成。"],
    ["小明付款。", "王小明付款。"],
  ])("%s — %s", (claim, passage) => {
    expect(isSupported(claim, passage)).toBe(false);
  });

  test.each([
    ["The deposit is 1200 pounds.", "The deposit is 1,200 pounds."],
    ["According to the document, the tenant pays.", "The tenant pays."],
    ["The tenant's landlord pays.", "The tenant's landlord pays."],
    ["The meeting is at 5 pm.", "The meeting is at 5 pm."],
    ["Umsatz stieg auf 5 Prozent.", "Der Umsatz stieg auf 5 Prozent."],
    ["Der Preis beträgt 2 Millionen Euro.", "Der Preis beträgt 2 Millionen Euro."],
    ["根据文件，甲欠乙500万元。", "甲欠乙500万元。"],
    ["王小明付款。", "王小明在三日内付款。"],
    ["The CEO's salary is 2 million dollars.", "The CEO's salary is 2 million dollars a year."],
    [
      "Members of the board are elected for three years.",
      "Members of the board are elected for three years by the owners.",
    ],
    ["The rent is about 900 euro.", "The rent is about 900 euro a month."],
    ["Section 12a applies to leases.", "Section 12a applies to leases signed after 2010."],
    ["The bridge was opened by the deputy mayor.", "The deputy mayor opened the bridge on 3 May."],
    ["Temperatures fell to -5 degrees.", "Temperatures fell to -5 degrees in January."],
    ["Der Umsatz stieg um rund 5 Prozent.", "Der Umsatz stieg um rund 5 Prozent, die Kosten sanken."],
    ["Die Hälfte der Mitglieder stimmte zu.", "Die Hälfte der Mitglieder stimmte dem Antrag zu."],
    ["收入增长至5%。", "2022年收入增长至5%。"],
    ["副校长主持会议。", "副校长主持会议，校长缺席。"],
    ["买方或卖方可以解除合同。", "买方或卖方可以解除合同，但应提前通知。"],
    ["根据合同，买方应当付款。", "买方应当付款。"],
  ])("but of the same: %s — %s", (claim, passage) => {
    expect(isSupported(claim, passage)).toBe(true);
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
