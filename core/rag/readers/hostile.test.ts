import { describe, expect, test } from "vitest";
import { makeDocx, makeEpub, makeOdt, makePptx, makeXlsx, paragraph, shape } from "./testing/make-package.ts";
import { column, makePdf } from "./testing/make-pdf.ts";
import { outcomeOf } from "./testing/read-bytes.ts";

const prose = Array.from(
  { length: 12 },
  (_value, index) => `Sentence number ${index} of a quiet and harmless document.`,
);
const samples: Readonly<Record<string, Uint8Array>> = {
  "a.pdf": makePdf([column(prose, 60), column(prose, 60)], [{ title: "Sentence number 0", page: 1 }]),
  "a.docx": makeDocx(prose.map((line) => paragraph(line, '<w:outlineLvl w:val="1"/>')).join("")),
  "a.pptx": makePptx(
    prose.map((line) => shape(line, "title")),
    { 1: "note" },
  ),
  "a.xlsx": makeXlsx({ S: prose.map((line) => `<row><c t="str"><v>${line}</v></c></row>`).join("") }, prose),
  "a.odt": makeOdt(prose.map((line) => `<text:h text:outline-level="2">${line}</text:h>`).join("")),
  "a.epub": makeEpub(prose.map((line) => `<h1>${line}</h1><p>${line}</p>`)),
  "a.rtf": new TextEncoder().encode(
    `{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}}${prose.join("\\par ")}\\u8364?{\\footnote x}}`,
  ),
  "a.html": new TextEncoder().encode(
    `<title>t</title>${prose.map((line) => `<h1>${line}</h1><table><tr><td>a<td>b</table>`).join("")}`,
  ),
  "a.eml": new TextEncoder().encode(
    `Subject: =?utf-8?Q?a=C3=BC?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>${prose.join(" ")}</p>\r\n--x\r\nContent-Type: text/plain; name=b.txt\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--x--`,
  ),
  "a.md": new TextEncoder().encode(
    prose.map((line) => `# ${line}\n\n- a\n- b\n\n| a | b |\n|---|---|\n| c | d |\n`).join("\n"),
  ),
  "a.csv": new TextEncoder().encode(prose.map((line) => `"${line}",1,2`).join("\n")),
  "a.jsonl": new TextEncoder().encode(
    prose.map((line, index) => JSON.stringify({ id: index, text: line })).join("\n"),
  ),
};

/** A number that looks random and is the same on every run (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function cut(bytes: Uint8Array, share: number): Uint8Array {
  return bytes.slice(0, Math.floor(bytes.length * share));
}

function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = bytes.slice();
  const changes = 1 + Math.floor(random() * 20);
  for (let change = 0; change < changes; change++) {
    const at = Math.floor(random() * copy.length);
    if (random() < 0.7) copy[at] = Math.floor(random() * 256);
    else copy.copyWithin(at, Math.floor(random() * copy.length), Math.floor(random() * copy.length));
  }
  return copy;
}

describe("hostile files", () => {
  test.each(Object.entries(samples))("%s whole is read", async (name, bytes) => {
    expect(await outcomeOf(name, bytes)).toBe("read");
  });

  // 12 formats × (16 cuts + 24 mutations) = 480 files; outcomeOf throws on anything but a result or an AppError.
  test.each(Object.entries(samples))(
    "%s cut or changed anywhere ends as text or with a reason, soon",
    async (name, bytes) => {
      const random = makeRandom(name.length * 7919 + bytes.length);
      const files = [
        ...Array.from({ length: 16 }, (_value, index) => cut(bytes, index / 16)),
        ...Array.from({ length: 24 }, () => mutate(bytes, random)),
      ];
      for (const file of files) {
        const started = performance.now();
        const outcome = await outcomeOf(name, file);
        expect(outcome === "read" || outcome.startsWith("file-")).toBe(true);
        expect(performance.now() - started).toBeLessThan(5_000);
      }
    },
  );
});
