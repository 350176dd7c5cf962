import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { expect, test } from "vitest";
import type { FineTuneExample } from "../../../core/contract/fine-tune.ts";
import { catalogues, makeI18n } from "../../app/i18n.ts";
import { ExampleList } from "./example-list.tsx";

const examples = Array.from({ length: 5000 }, (_, index): FineTuneExample => ({
  id: index + 1,
  request: `Request ${index + 1}`,
  answer: "An answer. ".repeat(50),
  masked: null,
  tokens: 10,
  characters: 100,
}));

test("of thousands of examples only those in sight are drawn, and each says which of all it is", async () => {
  const list = createElement(ExampleList, { examples, leftOut: new Set([2]), onToggle: () => undefined });
  const i18n = makeI18n("en", await catalogues.en());
  const page = renderToStaticMarkup(createElement(I18nextProvider, { i18n }, list));
  const rows = page.match(/<li /g)?.length ?? 0;
  expect(rows).toBeGreaterThan(3);
  expect(rows).toBeLessThan(40);
  expect(page).toContain("Keep “Request 1”");
  expect(page).toContain('aria-setsize="5000" aria-posinset="1"');
  // What is closed draws no text: a long answer costs nothing until it is read.
  expect(page).not.toContain("An answer.");
});
