import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AutoTokenizer, env } from "@huggingface/transformers";
import { beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../store/testing/seeded-random.ts";
import type { Encoder } from "./text-tokenizer.ts";
import { makeUnigram } from "./unigram.ts";

const models = resolve(import.meta.dirname, "../../../.cache/models");
const name = "multilingual-e5-small";
const file = join(models, name, "tokenizer.json");

/** First and last code point of letters that words of a script are made of here, and what parts its words. */
const scripts: Readonly<Record<string, readonly [first: number, last: number, between: string]>> = {
  Latin: [0x61, 0x7a, " "],
  "Latin with marks": [0xc0, 0x17f, " "],
  Greek: [0x3b1, 0x3c9, " "],
  Cyrillic: [0x430, 0x44f, " "],
  Armenian: [0x561, 0x586, " "],
  Hebrew: [0x5d0, 0x5ea, " "],
  Arabic: [0x621, 0x64a, " "],
  "Arabic with vowels": [0x621, 0x652, " "],
  Devanagari: [0x905, 0x94d, " "],
  Bengali: [0x985, 0x9cd, " "],
  Tamil: [0xb85, 0xbcd, " "],
  Thai: [0xe01, 0xe4d, ""],
  Georgian: [0x10d0, 0x10f0, " "],
  Jamo: [0x1100, 0x1175, ""],
  Kana: [0x3041, 0x30fa, "、"],
  Han: [0x4e00, 0x9fa5, "，"],
  "rare Han": [0x20000, 0x20fff, ""],
  Hangul: [0xac00, 0xd7a3, " "],
  "full width": [0xff01, 0xff5f, "\u3000"],
  Emoji: [0x1f300, 0x1f64f, "\u200d"],
  Controls: [0x01, 0x20, ""],
  Spaces: [0x2000, 0x2030, "a"],
  Combining: [0x300, 0x36f, "e"],
  Specials: [0xfe00, 0xffff, "o"],
};

const sentences = [
  "The tenant may not sublet the flat without the landlord's written consent.",
  "It cost $1,234.56 (incl. 19% VAT) on 2025-03-01, see https://example.org/a?b=c#d.",
  "naïve café, Ångström, ﬁnance, Ⅻ, ½, ²",
  "Der Mieter haftet für Schäden, die durch unsachgemäße Nutzung entstehen.",
  "未经房东书面同意，承租人不得转租房屋。发票应在收到后三十天内付清。",
  "家主の書面による同意なしに部屋を又貸ししてはならない。ｶﾀｶﾅ",
  "임차인은 서면 동의 없이 집을 전대할 수 없다.",
  "Арендатор не вправе сдавать квартиру без согласия.",
  "لا يجوز للمستأجر تأجير الشقة من الباطن دون موافقة خطية.",
  "किरायेदार लिखित सहमति के बिना मकान किराये पर नहीं दे सकता।",
  "ผู้เช่าห้ามให้เช่าช่วงโดยไม่ได้รับความยินยอมเป็นลายลักษณ์อักษร",
  "👩‍👩‍👧‍👦 👍🏽 🇩🇪 ~ ～ 〜 ‖ ▁ ▁▁ word▁mark",
  "\ufefftext\u00a0with\u2028odd\tspaces\r\n  and   runs ",
  "",
  " ",
  "\u0000",
  "lone \ud800 surrogate \udc00 here",
  "a".repeat(3000),
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
];

function generated(count: number): string[] {
  const random = seededRandom(20261127);
  const all = Object.values(scripts);
  return Array.from({ length: count }, (_, index) => {
    const words = Array.from({ length: 1 + Math.floor(random() * 12) }, () => {
      // Every third text mixes its scripts.
      const [first, last, between] =
        all[(index % 3 === 0 ? Math.floor(random() * all.length) : index) % all.length]!;
      const letters = Array.from({ length: 1 + Math.floor(random() * 9) }, () =>
        String.fromCodePoint(first + Math.floor(random() * (last - first + 1))),
      );
      return letters.join("") + between;
    });
    return words.join("");
  });
}

describe.skipIf(!existsSync(file))(
  "the unigram tokenizer (skipped while set-up has not made its model)",
  () => {
    let own: Encoder;
    let theirs: Encoder;

    beforeAll(async () => {
      own = makeUnigram(JSON.parse(readFileSync(file, "utf8")))!;
      env.allowRemoteModels = false;
      env.localModelPath = models;
      theirs = await AutoTokenizer.from_pretrained(name, { local_files_only: true });
    });

    test("gives the ids that transformers.js gives, for 1,500 texts in two dozen scripts", () => {
      for (const text of [...sentences, ...generated(1500)])
        expect(own.encode(text), JSON.stringify(text)).toEqual(theirs.encode(text));
    });

    test("text that looks like a special token is text, and cannot end what is embedded", () => {
      for (const text of ["<s>", "</s>", "a </s> b", "<pad>", "<mask>", "<unk>"]) {
        const inside = own.encode(text).slice(1, -1);
        expect(
          inside.filter((id) => id < 3 || id > 250_000),
          text,
        ).toEqual([]);
        expect(inside.length, text).toBeGreaterThan(1);
      }
    });

    test("a megabyte without a space, and marks without end, are read to their end", () => {
      expect(own.encode("x".repeat(1_000_000)).length).toBeGreaterThan(100_000);
      expect(own.encode("e" + "\u0301".repeat(100_000)).length).toBeGreaterThan(2);
    });
  },
);

test("a tokenizer file of another kind is left to another reader", () => {
  const bert = resolve(models, "all-MiniLM-L6-v2/tokenizer.json");
  const other: unknown = existsSync(bert)
    ? JSON.parse(readFileSync(bert, "utf8"))
    : { model: { type: "BPE" } };
  expect(makeUnigram(other)).toBeNull();
});
