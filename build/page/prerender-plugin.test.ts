import { join } from "node:path";
import { expect, test } from "vitest";
import { frontPage } from "../../electron/main/front-page.ts";
import { prerender } from "./prerender-plugin.ts";

const empty = '<!doctype html><html lang="en"><head></head><body><div id="root"></div></body></html>';

test("every page that main may choose is there, with a desk that can be written in", async () => {
  const pages = await prerender(join(import.meta.dirname, "../../renderer"), empty);
  const chosen = (["en", "zh-CN"] as const).flatMap((language) =>
    ([true, false] as const).flatMap((isDark) =>
      (["darwin", "linux"] as const).map((platform) =>
        frontPage({ language, isFirstRunDone: true }, { isDark, platform }),
      ),
    ),
  );
  expect(pages.map(({ name }) => name).toSorted()).toEqual(chosen.toSorted());
  for (const { name, html } of pages) {
    expect(html, name).toMatch(/<textarea[^>]*autofocus/i);
    // The content policy refuses script in the page.
    expect(html, name).not.toMatch(/<script|\son\w+=/);
  }
});
