import { expect, test } from "vitest";
import { defaultSettings } from "./default-settings.ts";
import { settings } from "./settings.ts";

test("the defaults that are written out are those that the schema fills in", () => {
  expect(defaultSettings).toEqual(settings.parse({}));
});
