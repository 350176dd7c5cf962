import { describe, expect, test } from "vitest";
import { alert, commandIds } from "../../core/contract/app.ts";
import { budgetStates } from "../../core/contract/costs.ts";
import { fileStates } from "../../core/contract/documents.ts";
import { errorCodes } from "../../core/contract/errors.ts";
import { fineTuneStates } from "../../core/contract/fine-tune.ts";
import { ledgerOutcomes, ledgerPurposes } from "../../core/contract/ledger.ts";
import { authSchemes, qwenRegions } from "../../core/contract/providers.ts";
import { searchNotices } from "../../core/contract/search.ts";
import { intents, lengths, suggestNotices, tones } from "../../core/contract/suggest.ts";
import { reaches, tiers } from "../../core/contract/tiers.ts";
import { warningWords } from "../features/library/reader-warnings.ts";
import { catalogues } from "./i18n.ts";

type Branch = { readonly [key: string]: string | Branch };

function flatten(branch: Branch, path = ""): Map<string, string> {
  return new Map(
    Object.entries(branch).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${path}${key}`, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  );
}

const plural = /_(one|other)$/u;
const english = flatten(await catalogues.en());
const chinese = flatten(await catalogues["zh-CN"]());
const places = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1] ?? "").toSorted();

describe("both languages say the same things", () => {
  test("have the same keys, plurals aside", () => {
    const keys = (catalogue: Map<string, string>) =>
      [...new Set([...catalogue.keys()].map((key) => key.replace(plural, "")))].toSorted();
    expect(keys(chinese)).toEqual(keys(english));
  });
  test("every plural has its forms", () => {
    for (const key of english.keys()) {
      if (!plural.test(key)) continue;
      expect(english.has(key.replace(plural, "_one")), key).toBe(true);
      expect(english.has(key.replace(plural, "_other")), key).toBe(true);
      expect(chinese.has(key.replace(plural, "_other")), key).toBe(true);
    }
  });
  test("put the same facts into a sentence", () => {
    for (const [key, sentence] of chinese)
      expect(places(sentence), key).toEqual(places(english.get(key) ?? ""));
  });
  test("no Chinese sentence is left in English", () => {
    // Numbers and names with nothing but signs between them read the same in both languages.
    const allowed = /^(?:\{\{\w+\}\}|[ /·])+$/u;
    for (const [key, sentence] of chinese) {
      // One question of each list is in the other language, since the sample library has both.
      if (allowed.test(sentence) || key.startsWith("sample.")) continue;
      expect(/\p{Script=Han}/u.test(sentence), `${key}: ${sentence}`).toBe(true);
      const words = sentence
        .replaceAll(/\{\{\w+\}\}/gu, "")
        .replaceAll(/Qwill|Qwen|GGUF|Apache-2\.0|PEM|Bearer|JSONL|https?(?::\/\/host\/v1)?/gu, "");
      expect(/[A-Za-z]{2,}/u.test(words), `${key}: ${sentence}`).toBe(false);
    }
  });
  test("no exclamation marks, no empty words", () => {
    for (const [key, sentence] of [...english, ...chinese]) {
      expect(/[!！]/u.test(sentence), key).toBe(false);
      expect(sentence.trim(), key).not.toBe("");
    }
  });
});

describe("nothing the contract can say is without a sentence", () => {
  const lists: [string, readonly string[], string?][] = [
    ["errors", errorCodes],
    ["alerts", alert.shape.kind.options],
    ["notices", [...new Set([...suggestNotices, ...searchNotices])]],
    ["commands", commandIds],
    ["fileStates", fileStates],
    ["intents", intents, ".name"],
    ["tones", tones],
    ["lengths", lengths],
    ["tierNames", tiers],
    ["reachPlaces", reaches],
    ["regions", qwenRegions],
    ["providers.authSchemes", authSchemes],
    ["costs.states", budgetStates],
    ["ledger.purposes", ledgerPurposes],
    ["ledger.outcomes", ledgerOutcomes],
    ["tune.states", fineTuneStates],
  ];
  test.each(lists)("%s", (branch, names, end = "") => {
    for (const name of names) {
      expect(english.has(`${branch}.${name}${end}`), name).toBe(true);
      expect(chinese.has(`${branch}.${name}${end}`), name).toBe(true);
    }
  });
  test("warnings of the readers", () => {
    for (const word of warningWords) {
      expect(english.has(`warnings.${word}`) || english.has(`warnings.${word}_other`), word).toBe(true);
    }
  });
});
