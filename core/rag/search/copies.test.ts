import { describe, expect, test } from "vitest";
import { textKey } from "./copies.ts";
import { pairsOf } from "./testing/template-documents.ts";

const text =
  "The tenant shall keep the flat in good order and shall tell the landlord of damage at once. Repairs that are due to ordinary use are paid by the landlord, all others by the tenant, who may choose the craftsman and has to show the bill on request.";

describe("a text is a copy of another", () => {
  test.each([
    ["other line breaks", text.replaceAll(" ", "\n")],
    ["no last full stop", text.slice(0, -1)],
    ["letters put together from two signs", text.normalize("NFD")],
    ["soft hyphens", text.replaceAll("tenant", "ten\u00adant")],
  ])("with %s", (_name, copy) => {
    expect(textKey(copy)).toBe(textKey(text));
  });

  test.each([
    ["“No,” said Ann – “not so…”", '"No," said Ann - "not so..."'],
    ["通知期限为三个月。", "通知 期限为\n三个月"],
    ["合同编号：ＡＢ１２", "合同编号:AB12"],
    ["ﬁnal oﬀer", "final offer"],
    ["Größe", "Gro\u0308ße".replace("o\u0308", "ö")],
  ])("%s and %s", (one, other) => {
    expect(textKey(one)).toBe(textKey(other));
  });
});

describe("a text is never a copy of one that differs in", () => {
  test.each([
    ["a name", "signed with Acme Limited", "signed with Apex Limited"],
    ["a name in small letters", "the house calls it borealis", "the house calls it boreas"],
    ["a number", "a rent of 900 euro", "a rent of 950 euro"],
    ["a number in words", "within three months", "within six months"],
    ["a Chinese number", "期限为三个月", "期限为六个月"],
    ["Chinese numbers that stand apart", "金额为二 十元", "金额为二十元"],
    ["a list of numbers and a decimal", "第1、2条", "第1,2条"],
    ["a raised number", "10² metres", "102 metres"],
    ["a sign before a number", "a change of -5 %", "a change of 5 %"],
    ["a currency", "a fee of €5", "a fee of $5"],
    ["a negation", "The tenant may sublet.", "The tenant may not sublet."],
    ["a negation at its end", "Er haftet dafür", "Er haftet dafür nicht"],
    ["a Chinese negation", "承租人可以转租", "承租人不可以转租"],
    ["a date", "from 1 March 2024", "from 1 May 2024"],
    ["the order of the parties", "Anna owes Bernd 5", "Bernd owes Anna 5"],
    ["the case that says who gives", "Der Mieter zahlt dem Vermieter", "Dem Mieter zahlt der Vermieter"],
    ["whom it speaks to", "wenn Sie kündigen", "wenn sie kündigen"],
    ["a comma that turns it round", "No, payment is due.", "No payment is due."],
    ["a blank that makes other words", "He is not able", "He is notable"],
    ["the sign of a name", "written in C#", "written in C"],
  ])("%s", (_name, one, other) => {
    expect(textKey(`${text} ${one}`)).not.toBe(textKey(`${text} ${other}`));
    expect(textKey(`${one} ${text}`)).not.toBe(textKey(`${other} ${text}`));
  });

  test("any blank of a template: contracts, invoices, forms and letters in three languages", () => {
    for (const { one, other } of pairsOf()) expect(textKey(one), one).not.toBe(textKey(other));
  });
});
