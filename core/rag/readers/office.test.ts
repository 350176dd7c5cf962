import { describe, expect, test } from "vitest";
import { makeEpub, makeOdt, makePptx, makeXlsx, shape } from "./testing/make-package.ts";
import { outcomeOf, outlineOf, readOne, textsOf } from "./testing/read-bytes.ts";

describe("PowerPoint", () => {
  test("reads each slide with its number, title first, notes last", async () => {
    const deck = makePptx([shape("Body one") + shape("First", "title"), shape("Second", "ctrTitle")], {
      1: "Say hello",
    });
    const document = await readOne("a.pptx", deck);
    expect(textsOf(document)).toEqual(["First", "Body one", "Say hello", "Second"]);
    expect(document.sections.map(({ place }) => place)).toEqual([
      { slide: 1, heading: "First" },
      { slide: 1, heading: "First" },
      { slide: 1, heading: "First" },
      { slide: 2, heading: "Second" },
    ]);
    expect(document.pages).toBe(2);
  });

  test("reads tables and groups, leaves out slide numbers and dates", async () => {
    const cell = (text: string): string =>
      `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`;
    const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell("A")}${cell("B")}</a:tr><a:tr>${cell("1")}${cell("2")}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
    const document = await readOne(
      "a.pptx",
      makePptx([table + shape("7", "sldNum") + `<p:grpSp>${shape("Inside")}</p:grpSp>`]),
    );
    expect(textsOf(document)).toEqual(["A\tB\n1\t2", "Inside"]);
  });
});

describe("Excel", () => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>`;

  test("reads rows by sheet with dates and percents as shown", async () => {
    const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Note</t></is></c></row>
      <row r="2"><c r="A2" s="1"><v>45292</v></c><c r="B2" s="2"><v>0.125</v></c><c r="C2" s="3"><v>45292.5</v></c><c r="D2" t="b"><v>1</v></c><c r="E2"><v>0.30000000000000004</v></c></row>`;
    const document = await readOne("a.xlsx", makeXlsx({ "Sales 2024": rows }, ["Day", "Share"], styles));
    expect(document.text).toBe("Day\tShare\t\tNote\n2024-01-01\t12.5%\t2024-01-01 12:00\tTRUE\t0.3");
    expect(document.sections[0]?.place).toEqual({ sheet: "Sales 2024" });
  });

  test("keeps sheets apart and skips empty rows", async () => {
    const cell = (text: string): string => `<row><c t="str"><v>${text}</v></c></row><row/>`;
    const document = await readOne("a.xlsx", makeXlsx({ One: cell("a"), Two: cell("b") }));
    expect(document.sections.map(({ place }) => place.sheet)).toEqual(["One", "Two"]);
    expect(textsOf(document)).toEqual(["a", "b"]);
  });
});

describe("OpenDocument", () => {
  test("reads headings, lists, tables, notes and blanks", async () => {
    const text = `<text:h text:outline-level="1">One</text:h><text:p>a<text:s text:c="2"/>b<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note</text:p></text:note-body></text:note> c</text:p>
      <text:list><text:list-item><text:p>x</text:p><text:list><text:list-item><text:p>y</text:p></text:list-item></text:list></text:list-item></text:list>
      <table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>
      <text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>`;
    expect(outlineOf(await readOne("a.odt", makeOdt(text)))).toEqual([
      ["One", "One"],
      ["One", "a  b c"],
      ["One", "Note"],
      ["One", "• x\n  • y"],
      ["One", "A\tB"],
    ]);
  });

  test("says that a file with a password is encrypted", async () => {
    const manifest = "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>";
    expect(
      await outcomeOf("a.odt", makeOdt("<text:p>x</text:p>", { "META-INF/manifest.xml": manifest })),
    ).toBe("file-encrypted");
  });
});

describe("EPUB", () => {
  test("reads the chapters in the order of the spine, each with its own headings", async () => {
    const document = await readOne(
      "a.epub",
      makeEpub(["<h1>One</h1><p>a</p>", "<p>b</p><h2>Two</h2><p>c</p>"], "My book"),
    );
    expect(document.title).toBe("My book");
    expect(outlineOf(document)).toEqual([
      ["One", "One"],
      ["One", "a"],
      ["", "b"],
      ["Two", "Two"],
      ["Two", "c"],
    ]);
  });
});
