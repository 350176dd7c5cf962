import { describe, expect, test } from "vitest";
import { AppError } from "../../contract/errors.ts";
import { column, makePdf, type Mark } from "./testing/make-pdf.ts";
import { outlineOf, readAs, readOne, textsOf } from "./testing/read-bytes.ts";

const left = [
  "The left column tells of the first year in which",
  "the society was founded and its garden was laid",
  "out beside the river, where it stands to this day",
  "and where every member still has a key of his own.",
];
const right = [
  "The right column goes on with the years after it,",
  "when the greenhouse was built by the members and",
  "the library was moved into the former school and",
  "the first exhibition drew people from afar.",
];

describe("PDF", () => {
  test("joins lines to paragraphs and keeps the page of each", async () => {
    const document = await readOne(
      "a.pdf",
      makePdf([[...column(left, 60), ...column(right, 60, 700)], column(["A last page."], 60)]),
    );
    expect(textsOf(document)).toEqual([left.join(" "), right.join(" "), "A last page."]);
    expect(document.sections.map(({ place }) => place.page)).toEqual([1, 1, 2]);
    expect(document.pages).toBe(2);
  });

  test("makes a word whole that a line end split, and keeps the hyphen of one that has it", async () => {
    const lines = [
      "An inter-",
      "national well-known and much-discussed agree-",
      "ment with a much-",
      "discussed end",
    ];
    expect((await readOne("a.pdf", makePdf([column(lines, 60)]))).text).toBe(
      "An international well-known and much-discussed agreement with a much-discussed end",
    );
  });

  test("reads two columns down, one after the other, drawn either way", async () => {
    const across: Mark[] = left.flatMap((_line, index) => [
      ...column(left.slice(index, index + 1), 50, 700 - index * 14),
      ...column(right.slice(index, index + 1), 320, 700 - index * 14),
    ]);
    const title: Mark = {
      text: "The garden society and its many years beside the river",
      x: 50,
      y: 760,
      size: 18,
    };
    const down = [...column(left, 50, 700), ...column(right, 320, 700)];
    for (const marks of [across, down]) {
      const document = await readOne("a.pdf", makePdf([[title, ...marks]]));
      expect(document.text.replace(/\s+/g, " ")).toContain(`${left.join(" ")} ${right.join(" ")}`);
      expect(document.sections.at(-1)?.place.heading).toBe(
        "The garden society and its many years beside the river",
      );
    }
  });

  test("keeps the rows of a table together", async () => {
    const rows = [
      ["Item", "Price"],
      ["Tea", "2.50"],
      ["Coffee", "3.10"],
      ["Water", "1.00"],
    ];
    const marks = rows.flatMap(([item = "", price = ""], index) => [
      { text: item, x: 60, y: 700 - index * 14 },
      { text: price, x: 300, y: 700 - index * 14 },
    ]);
    expect((await readOne("a.pdf", makePdf([marks]))).text).toBe(
      "Item\tPrice\nTea\t2.50\nCoffee\t3.10\nWater\t1.00",
    );
  });

  test("takes headings from the bookmarks", async () => {
    const pages = [
      [...column(["Part one"], 60), ...column(["Some words."], 60, 740)],
      column(["Other words."], 60),
    ];
    const document = await readOne(
      "a.pdf",
      makePdf(pages, [
        { title: "Part one", page: 1 },
        { title: "Part two", page: 2 },
      ]),
    );
    expect(outlineOf(document)).toEqual([
      ["Part one", "Part one"],
      ["Part one", "Some words."],
      ["Part two", "Other words."],
    ]);
  });

  test("drops headers and page numbers that repeat on every page, but for the first", async () => {
    const pages = [1, 2, 3, 4].map((page) => [
      { text: "Annual report", x: 60, y: 810, size: 9 },
      ...column([`Text of page number ${"abcd"[page - 1]}.`, "More.", "And more of it."], 60),
      { text: String(page), x: 300, y: 30, size: 9 },
    ]);
    const { text } = await readOne("a.pdf", makePdf(pages));
    expect(text.match(/Annual report/g)).toHaveLength(1);
    expect(text).not.toMatch(/^\d$/m);
  });

  test("says that a file of pictures is one, and how many pages it has", async () => {
    const scan = makePdf([[{ box: [10, 10, 500, 700] }], [{ box: [10, 10, 500, 700] }]]);
    const error: unknown = await readAs("a.pdf", scan).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "file-is-picture", facts: { pages: 2 } });
  });

  test("names the pages that are pictures beside pages with text; a blank page is none", async () => {
    const result = await readAs("a.pdf", makePdf([column(["Text"], 60), [{ box: [10, 10, 500, 700] }], []]));
    expect(result.warnings).toEqual(["picture-page:2"]);
  });

  test("says that a file of blank pages is empty", async () => {
    await expect(readAs("a.pdf", makePdf([[], []]))).rejects.toMatchObject({ code: "file-empty" });
  });
});
