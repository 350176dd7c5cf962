import { describe, expect, test } from "vitest";
import { outlineOf, readAs, readOne, textsOf } from "./testing/read-bytes.ts";

const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

describe("RTF", () => {
  test("decodes each run by the character set of its font, and Unicode before its fallback", async () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset134 C;}}\f0 Gr\'fc\'dfe \f1 \'cf\'f0\'e8\'e2\'e5\'f2 \f2 \'c4\'e3\'ba\'c3 \u8364?\uc0\u233 n}`;
    expect((await readOne("a.rtf", latin(rtf))).text).toBe("Grüße Привет 你好 €én");
  });

  test("reads headings by style, tables by row, notes behind their paragraph", async () => {
    const rtf = String.raw`{\rtf1{\stylesheet{\s1 heading 1;}{\s2 Body;}}{\header Head}\pard\s1 One\par\pard\s2 Body{\footnote A note} text\par
\trowd\pard\intbl A\cell B\cell\row\trowd\pard\intbl 1\cell 2\cell\row\pard End\par}`;
    expect(outlineOf(await readOne("a.rtf", latin(rtf)))).toEqual([
      ["", "Head"],
      ["One", "One"],
      ["One", "Body text"],
      ["One", "A note"],
      ["One", "A\tB\n1\t2"],
      ["One", "End"],
    ]);
  });

  test.each(["constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf"])(
    "a control word that every object knows, %s, puts nothing into the text",
    async (word) => {
      const rtf = `{\\rtf1 before\\${word} , after\\emdash end}`;
      expect((await readOne("a.rtf", latin(rtf))).text).toBe("before, after—end");
    },
  );

  test("reads no pictures, objects, field codes or hidden text", async () => {
    const rtf = String.raw`{\rtf1 a{\pict\pngblip 89504e47}{\*\unknown no}{\field{\*\fldinst HYPERLINK "x"}{\fldrslt link}}{\v hidden}{\object{\*\objdata 0102}}\bin4 {}{} b}`;
    const result = await readAs("a.rtf", latin(rtf));
    expect([result.documents[0]?.text, result.warnings]).toEqual(["alink b", ["hidden-text"]]);
  });

  test("reads what there is of a file that was cut off", async () => {
    const result = await readAs("a.rtf", latin(String.raw`{\rtf1 Whole paragraph.\par Half a para`));
    expect(textsOf(result.documents[0] ?? (await readOne("a.rtf", "")))).toEqual([
      "Whole paragraph.",
      "Half a para",
    ]);
    expect(result.warnings).toEqual(["damaged-part"]);
  });
});
