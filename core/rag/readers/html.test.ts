import { describe, expect, test } from "vitest";
import { outcomeOf, outlineOf, readAs, readOne, textsOf } from "./testing/read-bytes.ts";

describe("web pages", () => {
  test("reads headings, paragraphs, lists and tables in order", async () => {
    const document = await readOne(
      "a.html",
      "<title>Page</title><h1>One</h1><p>Some <b>bold</b>\n text<h2>Two</h2><ul><li>a<li>b</ul><table><tr><th>X<th>Y<tr><td>1<td>2</table>end",
    );
    expect(document.title).toBe("Page");
    expect(outlineOf(document)).toEqual([
      ["One", "One"],
      ["One", "Some bold text"],
      ["One › Two", "Two"],
      ["One › Two", "• a\n• b"],
      ["One › Two", "X\tY\n1\t2"],
      ["One › Two", "end"],
    ]);
  });

  test("leaves out scripts, styles, templates and hidden parts, and says so", async () => {
    const result = await readAs(
      "a.html",
      `<p>Seen</p><script>var a = "<p>no</p>"</script><style>.x{}</style><template><p>no</p></template>
       <div style="display: none">no</div><p hidden>no</p><span style="font-size:0">no</span><noscript>no</noscript><p>End</p>`,
    );
    expect(result.documents[0]?.text).toBe("Seen\n\nEnd");
    expect(result.warnings).toEqual(["hidden-text"]);
  });

  test("keeps line ends in preformatted text", async () => {
    const document = await readOne("a.html", "<p>x</p><pre>\none\n  two</pre>");
    expect(textsOf(document)).toEqual(["x", "one\n  two"]);
  });

  test("reads a table that only arranges the page as running text", async () => {
    const document = await readOne(
      "a.html",
      "<table><tr><td><h2>Offer</h2><p>Text one.</p><table><tr><td>a</td><td>b</td></tr></table><p>After</p></td></tr></table>",
    );
    expect(textsOf(document)).toEqual(["Offer Text one.".replace(" Text", "\nText"), "a\tb", "After"]);
  });

  test("repeats the header row where a long table goes on", async () => {
    const rows = Array.from(
      { length: 200 },
      (_value, index) => `<tr><td>Row ${index}</td><td>${index}</td></tr>`,
    ).join("");
    const document = await readOne("a.html", `<table><tr><th>Name</th><th>Count</th></tr>${rows}</table>`);
    expect(document.sections.length).toBeGreaterThan(1);
    for (const text of textsOf(document)) expect(text.startsWith("Name\tCount\n")).toBe(true);
  });

  test("follows the declared encoding", async () => {
    const page = Buffer.concat([
      Buffer.from('<meta charset="iso-8859-2"><p>'),
      Buffer.from([0xb9, 0xe8]),
      Buffer.from("</p>"),
    ]);
    expect((await readOne("a.html", page)).text).toBe("šč");
  });

  test("reads a page nested ten thousand deep and refuses one a hundred thousand deep", async () => {
    const deep = (depth: number): string =>
      `${"<div>".repeat(depth)}deep${"</div>".repeat(depth)}<p>after</p>`;
    expect(await outcomeOf("a.html", deep(100_000))).toBe("file-limits-exceeded");
    const document = await readOne("a.html", deep(10_000));
    expect(textsOf(document)).toEqual(["deep", "after"]);
  });
});
