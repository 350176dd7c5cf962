import { gzipSync } from "node:zlib";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { outcomeOf, outlineOf, readAs, readOne, textsOf } from "./testing/read-bytes.ts";

describe("data sets (jsonl)", () => {
  const lines = [
    '{"id":"d1","title":"One","text":"First text"}',
    "",
    '{"id":"d2","text":',
    '{"_id":7,"title":"","text":"Second\\n\\ntext"}',
    '["no"]',
  ].join("\n");

  test("makes a document of each line and names the bad ones by number", async () => {
    const result = await readAs("set.jsonl", lines);
    expect(result.documents.map(({ key, title, text }) => [key, title, text])).toEqual([
      ["d1", "One", "First text"],
      ["7", null, "Second\n\ntext"],
    ]);
    expect(result.warnings).toEqual(["bad-line:3", "bad-line:5"]);
  });

  test("reads the same when it is packed", async () => {
    expect((await readAs("set.jsonl.gz", gzipSync(lines))).documents).toHaveLength(2);
  });

  test("refuses a packed set that grows beyond the limit", async () => {
    expect(await outcomeOf("set.jsonl.gz", gzipSync(Buffer.alloc(40_000_000, 32)))).toBe(
      "file-limits-exceeded",
    );
  });

  test("refuses a file without one good line as damaged", async () => {
    expect(await outcomeOf("set.jsonl", "{\n{\n")).toBe("file-damaged");
  });
});

describe("CSV", () => {
  test.each([",", ";", "\t", "|"])("finds the separator %j", async (separator) => {
    const rows = ["Name,City", '"A, B",Bonn', "C,Köln"].map((row) => row.replace(/,(?! )/g, separator));
    expect((await readOne("a.csv", rows.join("\r\n"))).text).toBe("Name\tCity\nA, B\tBonn\nC\tKöln");
  });

  test("repeats the header row in each section of a long table", async () => {
    const rows = Array.from({ length: 300 }, (_value, index) => `Item ${index},${index}`);
    const document = await readOne("a.csv", ["Name,Count", ...rows].join("\n"));
    expect(document.sections.length).toBeGreaterThan(2);
    for (const text of textsOf(document)) expect(text.startsWith("Name\tCount\n")).toBe(true);
  });

  test("decodes what a spreadsheet program of another country wrote", async () => {
    const { text } = await readOne("a.csv", iconv.encode("Straße;Größe\nMühlweg;groß\n", "windows-1252"));
    expect(text).toBe("Straße\tGröße\nMühlweg\tgroß");
  });
});

describe("mail", () => {
  const mail = (...lines: string[]): string => lines.join("\r\n");

  test("reads head, text and readable attachments, and names the others", async () => {
    const result = await readAs(
      "a.eml",
      mail(
        "From: =?UTF-8?Q?J=C3=BCrgen?= <j@example.org>",
        "To: b@example.org",
        "Subject: =?UTF-8?B?w5xiZXJzaWNodA==?=",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="x"',
        "",
        "--x",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Hello there.",
        "--x",
        'Content-Type: text/markdown; name="notes.md"',
        'Content-Disposition: attachment; filename="notes.md"',
        "",
        "# Plan",
        "",
        "Do it.",
        "--x",
        'Content-Type: image/png; name="photo.png"',
        'Content-Disposition: attachment; filename="photo.png"',
        "Content-Transfer-Encoding: base64",
        "",
        "iVBORw0KGgo=",
        "--x--",
      ),
    );
    const [document] = result.documents;
    if (!document) throw new Error("no document");
    expect(document.title).toBe("Übersicht");
    expect(outlineOf(document)).toEqual([
      ["", "Subject: Übersicht\nFrom: Jürgen <j@example.org>\nTo: b@example.org"],
      ["", "Hello there."],
      ["notes.md › Plan", "Plan"],
      ["notes.md › Plan", "Do it."],
      ["", "[photo.png]"],
    ]);
    expect(result.warnings).toEqual(["attachment-not-read"]);
  });

  test("does not say twice what text and HTML both say", async () => {
    const document = await readOne(
      "a.eml",
      mail(
        "Subject: Two forms",
        "MIME-Version: 1.0",
        'Content-Type: multipart/alternative; boundary="x"',
        "",
        "--x",
        "Content-Type: text/plain",
        "",
        "Same words",
        "in both.",
        "--x",
        "Content-Type: text/html",
        "",
        "<p>Same <b>words</b> in both.</p><p>Only in HTML.</p>",
        "--x--",
      ),
    );
    expect(textsOf(document)).toEqual(["Subject: Two forms", "Same words\nin both.", "Only in HTML."]);
  });

  test("refuses mails within mails without end", async () => {
    let inner = "Subject: end\r\n\r\nend";
    for (let depth = 0; depth < 8; depth++)
      inner = `Subject: ${depth}\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n${inner}`;
    expect(await outcomeOf("a.eml", inner)).toBe("file-limits-exceeded");
  });

  test("decodes an old mail that names no encoding", async () => {
    const document = await readOne(
      "a.eml",
      iconv.encode("Subject: Test\r\n\r\nСегодня мы обсудили новый план проекта.", "koi8-r"),
    );
    expect(document.text).toContain("Сегодня мы обсудили");
  });
});
