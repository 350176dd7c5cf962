import { describe, expect, test } from "vitest";
import { makeDocx, paragraph } from "./testing/make-package.ts";
import { outlineOf, readAs, readOne, textsOf } from "./testing/read-bytes.ts";

const styles = `<w:styles xmlns:w="w">
  <w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
  <w:style w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="Sub"/></w:style>
  <w:style w:styleId="Sub"><w:name w:val="sub"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
</w:styles>`;
const withStyles = [{ "word/styles.xml": styles }, { st: ["styles", "styles.xml"] as const }] as const;

describe("Word", () => {
  test("knows headings by style, by inherited style and by outline level", async () => {
    const body =
      paragraph("One", '<w:pStyle w:val="Heading1"/>') +
      paragraph("text") +
      paragraph("Two", '<w:pStyle w:val="Mine"/>') +
      paragraph("Three", '<w:outlineLvl w:val="2"/>') +
      paragraph("end");
    expect(outlineOf(await readOne("a.docx", makeDocx(body, ...withStyles)))).toEqual([
      ["One", "One"],
      ["One", "text"],
      ["One › Two", "Two"],
      ["One › Two › Three", "Three"],
      ["One › Two › Three", "end"],
    ]);
  });

  test("a paragraph of two hundred thousand blanks is read as fast as one of letters", async () => {
    // At this size work that grows with the square of the run does not end within a test's time.
    const blanks = " ".repeat(200_000);
    const body = `<w:p><w:r><w:t xml:space="preserve">a${blanks}b \t</w:t><w:br/><w:t>c</w:t></w:r></w:p>`;
    expect((await readOne("a.docx", makeDocx(body))).text).toBe(`a${blanks}b\nc`);
  });

  test("reads tables row by row, nested ones inside their cell", async () => {
    const cell = (content: string): string => `<w:tc>${content}</w:tc>`;
    const inner = `<w:tbl><w:tr>${cell(paragraph("x"))}${cell(paragraph("y"))}</w:tr></w:tbl>`;
    const table = `<w:tbl><w:tr>${cell(paragraph("Name"))}${cell(paragraph("Value"))}</w:tr><w:tr>${cell(paragraph("a") + paragraph("b"))}${cell(inner)}</w:tr></w:tbl>`;
    expect(textsOf(await readOne("a.docx", makeDocx(table)))).toEqual(["Name\tValue\na b\tx; y"]);
  });

  test("reads a text box once, though the file holds it twice", async () => {
    const box = `<w:txbxContent>${paragraph("In the box")}</w:txbxContent>`;
    const body = `<w:p><w:r><w:t>Around</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>${box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    expect(textsOf(await readOne("a.docx", makeDocx(body)))).toEqual(["Around", "In the box"]);
  });

  test("puts notes and comments behind their paragraph, headers first and footers last", async () => {
    const body = `<w:p><w:r><w:t>Body</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>${paragraph("Next")}`;
    const document = await readOne(
      "a.docx",
      makeDocx(
        body,
        {
          "word/footnotes.xml": `<w:footnotes xmlns:w="w"><w:footnote w:id="0" w:type="separator">${paragraph("no")}</w:footnote><w:footnote w:id="2">${paragraph("A note")}</w:footnote></w:footnotes>`,
          "word/comments.xml": `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="Ann">${paragraph("Why?")}</w:comment></w:comments>`,
          "word/header1.xml": `<w:hdr xmlns:w="w">${paragraph("Head")}</w:hdr>`,
          "word/footer1.xml": `<w:ftr xmlns:w="w">${paragraph("Foot")}</w:ftr>`,
          "word/footer2.xml": `<w:ftr xmlns:w="w">${paragraph("Page 3")}</w:ftr>`,
        },
        {
          f: ["footnotes", "footnotes.xml"],
          c: ["comments", "comments.xml"],
          h: ["header", "header1.xml"],
          g: ["footer", "footer1.xml"],
          i: ["footer", "footer2.xml"],
        },
      ),
    );
    expect(textsOf(document)).toEqual(["Head", "Body", "A note", "Ann: Why?", "Next", "Foot"]);
  });

  test("counts the numbers of clauses as Word shows them", async () => {
    const level = (index: number, text: string, format = "decimal"): string =>
      `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
    const numbering = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">${level(0, "%1.")}${level(1, "%1.%2")}${level(2, "(%3)", "lowerLetter")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`;
    const item = (text: string, depth: number): string =>
      paragraph(text, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="1"/></w:numPr>`);
    const body =
      item("Scope", 0) +
      item("Terms", 0) +
      item("Price", 1) +
      item("Date", 1) +
      item("x", 2) +
      item("End", 0);
    const document = await readOne(
      "a.docx",
      makeDocx(body, { "word/numbering.xml": numbering }, { n: ["numbering", "numbering.xml"] }),
    );
    expect(document.text.split("\n").map((line) => line.trim())).toEqual([
      "1. Scope",
      "2. Terms",
      "2.1 Price",
      "2.2 Date",
      "(a) x",
      "3. End",
    ]);
  });

  test("leaves out deleted and hidden text, keeps inserted text, and says so", async () => {
    const body = `<w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>end</w:t></w:r></w:p>`;
    const result = await readAs("a.docx", makeDocx(body));
    expect([result.documents[0]?.text, result.warnings]).toEqual(["new end", ["hidden-text"]]);
  });

  test("keeps what stood before the XML broke off, with a warning", async () => {
    const result = await readAs("a.docx", makeDocx(`${paragraph("Kept")}<w:p><w:r><w:t>Cut</w:wrong>`));
    expect(result.documents[0]?.text).toBe("Kept\n\nCut");
    expect(result.warnings).toEqual(["damaged-part"]);
  });
});
