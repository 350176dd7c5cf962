import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { makeDocx, makeXlsx, makeZip, paragraph } from "./testing/make-package.ts";
import { outcomeOf, readAs } from "./testing/read-bytes.ts";

describe("limits", () => {
  test("a part that inflates more than a hundredfold is refused", async () => {
    const bomb = makeDocx(`<w:p><w:r><w:t>${" ".repeat(30_000_000)}</w:t></w:r></w:p>`);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await outcomeOf("a.docx", bomb)).toBe("file-limits-exceeded");
  });

  test("a small repetitive file may inflate more than a hundredfold", async () => {
    expect(await outcomeOf("a.docx", makeDocx(paragraph("a".repeat(900_000))))).toBe("read");
  });

  test("an archive of more than ten thousand entries is refused", async () => {
    const entries = Object.fromEntries(
      Array.from({ length: 10_001 }, (_value, index) => [`f${index}`, new Uint8Array()]),
    );
    expect(await outcomeOf("a.docx", zipSync(entries, { level: 0 }))).toBe("file-limits-exceeded");
  });

  test("entities that a file declares are not expanded", async () => {
    const entities = `<!DOCTYPE x [<!ENTITY a "lol">${Array.from({ length: 9 }, (_value, index) => `<!ENTITY ${"bcdefghij"[index]} "${`&${"abcdefghi"[index]};`.repeat(10)}">`).join("")}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
    const xlsx = makeZip({
      "[Content_Types].xml": "<Types/>",
      "xl/workbook.xml": "<workbook/>",
      "word/document.xml": `<?xml version="1.0"?>${entities}<w:document xmlns:w="w"><w:body>${paragraph("Before")}${paragraph("&j;&file;")}</w:body></w:document>`,
    });
    const result = await readAs("a.docx", xlsx);
    expect(result.documents[0]?.text).toBe("Before");
    expect(result.warnings).toEqual(["damaged-part"]);
  });

  test("XML nested without end is refused", async () => {
    const deep = makeDocx(`${"<w:sdt><w:sdtContent>".repeat(5_000)}${paragraph("x")}`);
    expect(await outcomeOf("a.docx", deep)).toBe("file-limits-exceeded");
  });

  test("RTF nested without end is refused", async () => {
    expect(await outcomeOf("a.rtf", `{\\rtf1 ${"{".repeat(1_000_000)}`)).toBe("file-limits-exceeded");
  });

  test("a cell far to the right makes no row of a million cells", async () => {
    const row =
      '<row><c r="A1" t="str"><v>a</v></c><c r="ZZZ1" t="str"><v>b</v></c><c r="XFD1" t="str"><v>c</v></c></row>';
    const result = await readAs("a.xlsx", makeXlsx({ S: row }));
    expect(result.documents[0]?.text.length).toBeLessThan(20_000);
  });

  test.each(["a.txt", "a.md", "a.html", "a.csv", "a.rtf", "a.eml", "a.jsonl"])(
    "%s of one endless line takes no endless time",
    async (name) => {
      const pieces = [
        " ",
        "\t",
        "[",
        "**",
        "# ",
        "| ",
        "<",
        "<a ",
        "![",
        "- ",
        "`",
        "(",
        "a",
        ",",
        '"',
        "{",
        "_ ",
      ];
      for (const piece of pieces) {
        const started = performance.now();
        await outcomeOf(name, `# ${piece.repeat(200_000 / piece.length)}x`);
        expect([piece, performance.now() - started < 2_000]).toEqual([piece, true]);
      }
    },
  );

  test("styles based on each other in a ring end", async () => {
    const ring = `<w:styles xmlns:w="w"><w:style w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style></w:styles>`;
    const docx = makeDocx(
      paragraph("x", '<w:pStyle w:val="A"/>'),
      { "word/styles.xml": ring },
      { s: ["styles", "styles.xml"] },
    );
    expect(await outcomeOf("a.docx", docx)).toBe("read");
  });
});
