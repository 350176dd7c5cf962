import { describe, expect, test } from "vitest";
import { placeFor } from "./window-place.ts";

const screen = { x: 0, y: 0, width: 1920, height: 1040 };

describe("the window's place", () => {
  test("is the remembered one while it can be grabbed", () => {
    const stored = { x: 100, y: 50, width: 900, height: 700, maximised: false };
    expect(placeFor(stored, [screen])).toEqual(stored);
  });

  test.each([
    ["on a screen that is gone", { x: 4000, y: 50, width: 900, height: 700, maximised: false }],
    ["above the screen", { x: 100, y: -300, width: 900, height: 700, maximised: false }],
    ["all but off the right edge", { x: 1900, y: 10, width: 900, height: 700, maximised: false }],
    ["nonsense", { x: "1" }],
    ["nothing", undefined],
  ])("is the middle of the first screen when it was %s", (_name, stored) => {
    expect(placeFor(stored, [screen])).toEqual({
      x: 360,
      y: 110,
      width: 1200,
      height: 820,
      maximised: false,
    });
  });

  test("is never smaller than usable nor larger than its screen", () => {
    const small = placeFor({ x: 0, y: 0, width: 300, height: 10, maximised: true }, [screen]);
    expect(small).toMatchObject({ width: 720, height: 520, maximised: true });
    const large = placeFor({ x: 0, y: 0, width: 9000, height: 9000, maximised: false }, [screen]);
    expect(large).toMatchObject({ width: 1920, height: 1040 });
  });
});
