import { expect, test } from "vitest";
import { countsWholeLibrary } from "./counting-question.ts";
import { frameLanguage } from "../contract/frame-language.ts";

test.each([
  "How many documents mention the notice period?",
  "How often is the bridge mentioned?",
  "List all contracts that end this year",
  "Which of my invoices contain a late fee?",
  "What is the total of all invoices?",
  "有多少份合同提到违约金？",
  "哪些文件提到了张三？",
  "列出所有发票",
  "“安全”出现了多少次？",
  "Wie viele Rechnungen sind offen?",
])("counts the whole library: %s", (question) => {
  expect(countsWholeLibrary(question)).toBe(true);
});

test.each([
  "How many points did the Panthers defense surrender?",
  "How many sacks did Jared Allen have in his career?",
  "How long is the notice period?",
  "How many times did plague occur in Venice?",
  "What does the contract say about pets?",
  "List the ingredients of the bread",
  "合同的有效期是多少年？",
  "卢克贡献了多少次擒抱？",
  "Wie viele Punkte gab die Verteidigung ab?",
])("is about one thing: %s", (question) => {
  expect(countsWholeLibrary(question)).toBe(false);
});

test.each([
  ["合同的有效期？", "zh"],
  ["Kubernetes 的 ingress 怎么配置？", "zh"],
  ["東京の人口は？", "en"],
  ["What does 合同 mean in English?", "en"],
  ["", "en"],
])("answers %s in the frame of %s", (text, language) => {
  expect(frameLanguage(text)).toBe(language);
});
