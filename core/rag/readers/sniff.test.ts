import { describe, expect, test } from "vitest";
import { formatOfName, isReadable } from "./formats.ts";
import {
  makeDocx,
  makeEpub,
  makeOdt,
  makePptx,
  makeXlsx,
  makeZip,
  paragraph,
  shape,
} from "./testing/make-package.ts";
import { column, makePdf } from "./testing/make-pdf.ts";
import { outcomeOf, readAs } from "./testing/read-bytes.ts";

const samples = {
  pdf: makePdf([column(["Some text"], 60)]),
  docx: makeDocx(paragraph("Some text")),
  pptx: makePptx([shape("Some text")]),
  xlsx: makeXlsx({ A: '<row><c t="str"><v>Some text</v></c></row>' }),
  odt: makeOdt("<text:p>Some text</text:p>"),
  epub: makeEpub(["<p>Some text</p>"]),
  rtf: new TextEncoder().encode(String.raw`{\rtf1 Some text}`),
};

describe("the format of a file", () => {
  test.each(Object.entries(samples))("%s is known by its content under any name", async (format, bytes) => {
    for (const name of ["a.txt", "a.docx", "a.pdf", "no-extension", "a.bin"]) {
      expect((await readAs(name, bytes)).format).toBe(format);
    }
  });

  test("a web page under the name of an office file is read as a page", async () => {
    expect(
      (await readAs("report.docx", "<!doctype html><p>A page saved under another name.</p>")).format,
    ).toBe("html");
  });

  test.each([
    ["report.docx", "Only some plain text, no office file at all.", "file-format-mismatch"],
    ["report.pdf", "Only some plain text, no office file at all.", "file-format-mismatch"],
    [
      "picture.txt",
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
      "file-format-mismatch",
    ],
    [
      "noise.txt",
      Uint8Array.from({ length: 4000 }, (_value, index) => (index * 7919) % 31),
      "file-format-mismatch",
    ],
    ["archive.docx", makeZip({ "a.txt": "x" }), "file-format-mismatch"],
    ["archive.zip", makeZip({ "a.txt": "x" }), "file-format-unknown"],
    ["program.exe", Uint8Array.from([0x4d, 0x5a, 0, 0]), "file-format-unknown"],
    ["a.weird", "text", "file-format-unknown"],
    ["a.docx", "", "file-empty"],
    ["a.docx", makeZip({ "[Content_Types].xml": "<Types/>" }), "file-damaged"],
    [
      "old.doc",
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
      "file-format-unknown",
    ],
  ] as const)("%s with other content is refused with its reason", async (name, content, code) => {
    expect(await outcomeOf(name, content)).toBe(code);
  });

  test("an office file with a password is told from an old one", async () => {
    const head = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    const bytes = Buffer.concat([head, Buffer.alloc(600), Buffer.from("EncryptedPackage", "utf16le")]);
    expect(await outcomeOf("a.xlsx", bytes)).toBe("file-encrypted");
  });

  test("folder scans take what has a reader, by name", () => {
    expect(["a.PDF", "b/c.Docx", "d.jsonl.gz", "e.markdown"].every(isReadable)).toBe(true);
    expect(["a.png", "docx", ".gitignore", "a.gz", "a.doc"].some(isReadable)).toBe(false);
    expect(formatOfName("C:\\files\\a.b\\notes.md")).toBe("md");
  });
});
