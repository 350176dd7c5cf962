import { describe, expect, test } from "vitest";
import { outcomeOf, readAs, readOne, textsOf } from "./testing/read-bytes.ts";

describe("plain text", () => {
  test("makes a section of each block between empty lines", async () => {
    const document = await readOne("notes.txt", "First line\r\nsecond line\r\n\r\n\r\nSecond block\n");
    expect(textsOf(document)).toEqual(["First line\nsecond line", "Second block"]);
    expect(document.text).toBe("First line\nsecond line\n\nSecond block");
  });

  test("drops what is invisible: zero-width, bidi overrides, soft hyphens, the tag block, control characters", async () => {
    const { text } = await readOne(
      "notes.txt",
      "a\u200bb\u202ec\u00add\u{e0041}\u{e0042}e\ufeff\u0007\u0000f\u2066g",
    );
    expect(text).toBe("abcdefg");
  });

  test("composes letters (NFC) and makes every odd blank an ordinary one", async () => {
    const { text } = await readOne("notes.txt", "Cafe\u0301\u00a0\u2009au lait");
    expect(text).toBe("Café  au lait");
  });

  test("counts bytes that make no sense", async () => {
    const bytes = Buffer.concat([Buffer.from("Größe gültig äöü\n"), Buffer.from([0xff])]);
    expect((await readAs("notes.txt", bytes)).warnings).toEqual(["bad-bytes:1"]);
  });

  test.each(["", " \n\t ", "\ufeff\u200b\n"])(
    "refuses a file without text as empty (%j)",
    async (content) => {
      expect(await outcomeOf("notes.txt", content)).toBe("file-empty");
    },
  );

  test("cuts a long block without empty lines into sections at its lines", async () => {
    const lines = Array.from({ length: 200 }, (_value, index) => `Line number ${index} of a long log file.`);
    const document = await readOne("system.log", lines.join("\n"));
    expect(document.sections.length).toBeGreaterThan(3);
    expect(textsOf(document).join("\n")).toBe(lines.join("\n"));
  });
});
