import { beforeAll, describe, expect, test } from "vitest";
import type { CountNow } from "./byte-pairs.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { loadQwenTokens } from "./qwen-tokens.ts";
import { letters, stories } from "./testing/language-texts.ts";

let count: CountNow;
beforeAll(async () => {
  count = await loadQwenTokens();
});

const highest = 1.6;

describe.each([
  ["a letter", letters],
  ["a story", stories],
])("the estimate of %s is never low, and not much too high", (_name, texts) => {
  test.each(Object.keys(texts))("%s", (language) => {
    const text = texts[language] ?? "";
    const ratio = estimateTokens(text) / count(text);
    expect(ratio).toBeGreaterThanOrEqual(1);
    expect(ratio).toBeLessThan(highest);
  });
});

test("languages that share a text are counted each by its own signs", () => {
  for (const [one, other] of [
    ["English", "Finnish"],
    ["German", "Polish"],
    ["Russian", "Ukrainian"],
    ["Arabic", "Persian"],
    ["Chinese", "Hindi"],
  ] as const) {
    const text = `${letters[one]?.repeat(3)}\n\n${letters[other]?.repeat(3)}`;
    expect(estimateTokens(text), `${one} and ${other}`).toBeGreaterThanOrEqual(count(text) * 0.98);
  }
});

test.each([
  ["figures", "2026-11-23 10,450.75 EUR; 17 % of 4.200; IBAN DE89 3704 0044 0532 0130 00"],
  ["Markdown", "| Name | Amount |\r\n| --- | --- |\n\n\n## Heading\n\n- one\n  - **two**   \n\t\tthree"],
  ["code", "const rows = table.filter((row) => row.amount > 1000).map(({ name }) => `${name}`);\n"],
  ["a checksum", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  [
    "base64",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  ],
  ["an address", "https://www.example.org/path/to/page?query=notice+period&lang=en#section-3"],
  ["capitals", "THE NOTICE PERIOD IS THREE MONTHS. KÜNDIGUNGSFRIST: DREI MONATE"],
  ["pictures", "👩‍👩‍👧 🇨🇳 ✓ → e\u0301 ﬁ 😀🎉🔥 ★ “quoted” € £ ½ ①"],
  ["a script that is hardly known", "བཀྲ་ཤིས་བདེ་ལེགས། ཁྱེད་ཀྱི་འཕྲིན་ཡིག་ལ་ཐུགས་རྗེ་ཆེ།"],
])("%s: not low either, and at most two and a half times too high", (_name, text) => {
  expect(estimateTokens(text)).toBeGreaterThanOrEqual(count(text));
  expect(estimateTokens(text)).toBeLessThan(count(text) * 2.5);
});

test("nothing is no token", () => {
  expect(estimateTokens("")).toBe(0);
});
