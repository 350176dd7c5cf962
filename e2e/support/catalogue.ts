import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";

type Branch = { readonly [key: string]: string | Branch };

const folder = resolve(import.meta.dirname, "../../renderer/app/languages");

function sentencesOf(branch: Branch): string[] {
  return Object.values(branch).flatMap((value) => (typeof value === "string" ? [value] : sentencesOf(value)));
}

function keysOf(branch: Branch, path = ""): string[] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === "string" ? [`${path}${key}`] : keysOf(value, `${path}${key}.`),
  );
}

const read = (language: string): Branch =>
  JSON.parse(readFileSync(resolve(folder, `${language}.json`), "utf8")) as Branch;

/** Everything a person sees or hears on the page: a line per text, name, hint and placeholder. */
async function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest("style, script, [data-untranslated]") === null)
        words.push(node.textContent ?? "");
    }
    for (const element of document.body.querySelectorAll("*"))
      for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"])
        words.push(element.getAttribute(name) ?? "");
    return words.map((word) => word.trim()).filter((word) => word !== "");
  });
}

/** Words of the window that are still English, or the bare key of a sentence; empty: all is translated. */
export async function untranslatedOn(page: Page): Promise<string[]> {
  const english = read("en");
  const chinese = new Set(sentencesOf(read("zh-CN")));
  const keys = new Set(keysOf(english));
  // Names that are the same in both languages stay; of sentences with gaps, their longest part is looked for.
  const sentences = new Set(sentencesOf(english).filter((sentence) => !chinese.has(sentence)));
  const parts = [...sentences]
    .filter((sentence) => sentence.includes("{{"))
    .flatMap((sentence) => sentence.split(/\{\{\w+\}\}/))
    .filter((part) => part.trim().length > 8);
  return (await wordsOn(page)).filter(
    (word) =>
      sentences.has(word) ||
      keys.has(word) ||
      word.includes("{{") ||
      parts.some((part) => word.includes(part)),
  );
}
