import { expect, test } from "vitest";
import { nextAnnouncement } from "./announcements.ts";

test("says nothing before a sentence ends", () => {
  expect(nextAnnouncement("Notice is three", 0, false)).toBeNull();
});
test("says whole sentences, once, without markup and markers", () => {
  const text = "Notice is **three** months [1]. It runs";
  const first = nextAnnouncement(text, 0, false);
  expect(first?.say).toBe("Notice is three months .");
  expect(nextAnnouncement(text, first?.toldTo ?? 0, false)).toBeNull();
  expect(nextAnnouncement(text, first?.toldTo ?? 0, true)?.say).toBe("It runs");
});
test("knows where a Chinese sentence ends, and that 3.5 is no end", () => {
  expect(nextAnnouncement("通知期为三个月。其后", 0, false)?.say).toBe("通知期为三个月。");
  expect(nextAnnouncement("It costs 3.5", 0, false)).toBeNull();
});
