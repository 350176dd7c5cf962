import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeWindow {
  readonly axe?: {
    run(
      root: Document,
      options: object,
    ): Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; html: string }[] }[] }>;
  };
}

/** What axe finds against WCAG 2.2 A and AA on the page as it is now: a line per element; empty: nothing. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated by the test's own connection, which the page's policy does not reach.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(async () => {
    // A menu or dialog that is still fading in has other colours than it will have.
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { axe } = window as AxeWindow;
    const found = await axe?.run(document, { runOnly: { type: "tag", values: tags } });
    return (found?.violations ?? []).flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, html }) => `${impact} ${id}: ${target.join(" ")} ${html.slice(0, 160)}`),
    );
  });
}
