import { describe, expect, test } from "vitest";
import { formatBytes, formatDuration, formatMilliseconds, formatPlace } from "./formatting.ts";

const words = {
  page: (number: number) => `Page ${number}`,
  slide: (number: number) => `Slide ${number}`,
  sheet: (name: string) => `Sheet ${name}`,
};

describe("numbers carry the unit a person thinks in", () => {
  test("bytes", () => {
    expect(formatBytes(0, "en")).toBe("0 kB");
    expect(formatBytes(903, "en")).toBe("0.9 kB");
    expect(formatBytes(1_240, "en")).toBe("1.2 kB");
    expect(formatBytes(23_000_000, "en")).toBe("23 MB");
    expect(formatBytes(5_030_000_000, "zh-CN")).toBe("5 GB");
  });
  test("durations", () => {
    expect(formatDuration(0.2, "en")).toBe("1 sec");
    expect(formatDuration(59.4, "en")).toBe("59 sec");
    expect(formatDuration(3_600, "en")).toBe("1 hr");
    expect(formatDuration(11_100, "en")).toBe("3 hr 5 min");
  });
  test("milliseconds", () => {
    expect(formatMilliseconds(8.66, "en")).toBe("8.7 ms");
    expect(formatMilliseconds(1_234, "en")).toBe("1.2 sec");
  });
});

test("a place names its page and its innermost heading", () => {
  expect(formatPlace({ page: 5, heading: "9 Ending › 9.1 Notice" }, words)).toBe("Page 5 · 9.1 Notice");
  expect(formatPlace({ slide: 2 }, words)).toBe("Slide 2");
  expect(formatPlace({}, words)).toBe("");
});
