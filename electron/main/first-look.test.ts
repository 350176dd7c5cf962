import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSettings } from "../../core/compose/settings-file.ts";
import { readFirstLook } from "./first-look.ts";
import { languageFor } from "./native-texts.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "qwill-first-look-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the window's first look is what the settings will say", () => {
  test.each([
    ["nothing stored", undefined],
    ["no JSON", "{"],
    ["no object", "[]"],
    ["null", "null"],
    ["chosen", '{"theme":"dark","language":"zh-CN","firstRunDone":true}'],
    ["as the system", '{"theme":"system","language":"system","firstRunDone":false}'],
    ["of a newer version", '{"theme":"sepia","language":"fr","firstRunDone":"partly"}'],
    ["of other kinds", '{"theme":1,"language":["en"],"firstRunDone":1}'],
  ])("%s", (_name, stored) => {
    const file = join(folder, "settings.json");
    if (stored !== undefined) writeFileSync(file, stored);
    for (const locale of ["en-GB", "zh-Hans-CN"]) {
      const look = readFirstLook(file, locale);
      const { theme, language, firstRunDone } = openSettings(file).current();
      expect(look).toEqual({ theme, language: languageFor(language, locale), isFirstRunDone: firstRunDone });
      if (stored !== undefined) writeFileSync(file, stored);
    }
  });
});
