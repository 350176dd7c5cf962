import { expect, test } from "vitest";
import { languageFor, nativeTexts } from "./native-texts.ts";

test("every word of the native parts is there in every language, and Chinese is Chinese", () => {
  const flat = (words: object): Record<string, string> =>
    Object.fromEntries(
      Object.entries(words).flatMap(([key, value]) =>
        typeof value === "string" ? [[key, value]] : Object.entries(value as Record<string, string>),
      ),
    );
  const [english, chinese] = [flat(nativeTexts.en), flat(nativeTexts["zh-CN"])];
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  for (const word of Object.values(english)) expect(word).not.toBe("");
  for (const word of Object.values(chinese)) expect(word).toMatch(/\p{Script=Han}/u);
});

test("the system's language is spoken where there are words for it", () => {
  expect(languageFor("system", "zh-CN")).toBe("zh-CN");
  expect(languageFor("system", "zh")).toBe("zh-CN");
  expect(languageFor("system", "de-DE")).toBe("en");
  expect(languageFor("en", "zh-CN")).toBe("en");
});
