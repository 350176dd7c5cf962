import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { detectLanguage, knowsLanguage } from "./language.ts";

describe("telling a question's language", () => {
  test.each([
    ["When is the invoice due?", "en"],
    ["Wann ist die Rechnung fällig?", "de"],
    ["Quand la facture est-elle due ?", "fr"],
    ["¿Cuándo vence la factura?", "es"],
    ["Quando scade la fattura?", "it"],
    ["Quando é que a fatura vence?", "pt"],
    ["Wanneer moet de factuur betaald worden?", "nl"],
    ["Когда нужно оплатить счёт?", "ru"],
    ["Коли потрібно сплатити рахунок, її дата?", "uk"],
    ["发票什么时候到期？", "zh"],
    ["發票何時到期？", "zh"],
    ["請求書の期限はいつですか？", "ja"],
    ["송장 만기일은 언제입니까?", "ko"],
    ["ใบแจ้งหนี้ครบกำหนดเมื่อไร", "th"],
    ["متى تستحق الفاتورة؟", "ar"],
    ["מתי החשבונית לתשלום?", "he"],
    ["चालान कब देय है?", "hi"],
    ["Kiedy należy zapłacić fakturę?", "pl"],
    ["Fatura ne zaman ödenmeli?", "tr"],
    ["GitHub 的发票什么时候到期？", "zh"],
  ])("%s → %s", (text, language) => expect(detectLanguage(text)).toBe(language));

  test("leaves open what has no telling word", () => {
    for (const text of ["", "42", "Panthers 2015", "?!", "ISO 27001"])
      expect(detectLanguage(text)).toBeNull();
  });

  test("takes an unknown language for known, rather than distrust the model for a name", () => {
    expect(knowsLanguage(["en"], null)).toBe(true);
    expect(knowsLanguage(["en"], "en")).toBe(true);
    expect(knowsLanguage(["en"], "de")).toBe(false);
    expect(knowsLanguage(["*"], "th")).toBe(true);
  });
});

const shared = process.env["QWILL_SHARED"] ?? resolve(import.meta.dirname, "../../../../shared");
const retrieval = join(shared, "data/retrieval");

test.skipIf(!existsSync(retrieval)).each([
  ["en", 0.002],
  ["de", 0.02],
  ["zh", 0.001],
])(
  "XQuAD questions in %s are rarely mistaken (skipped where the shared data is absent)",
  (language, most) => {
    const questions = readFileSync(join(retrieval, `xquad-${language}/queries.jsonl`), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { text: string }).text);
    // In English an open answer is as good as the right one, since it is taken for known.
    const wrong = questions.filter((text) => {
      const detected = detectLanguage(text);
      return language === "en" ? detected !== null && detected !== "en" : detected !== language;
    });
    expect(wrong.length / questions.length, wrong.slice(0, 20).join("\n")).toBeLessThanOrEqual(most);
  },
);
