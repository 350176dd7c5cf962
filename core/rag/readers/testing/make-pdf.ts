/** Something to draw: text with its place in points from the lower left, or a filled box. */
export type Mark =
  | { readonly text: string; readonly x: number; readonly y: number; readonly size?: number }
  | { readonly box: readonly [number, number, number, number] };

/** A bookmark to a page (from 1). */
export interface Bookmark {
  readonly title: string;
  readonly page: number;
}

/** A small PDF in Helvetica (Latin letters only): marks by page, in drawing order. */
export function makePdf(
  pages: readonly (readonly Mark[])[],
  bookmarks: readonly Bookmark[] = [],
): Uint8Array {
  const objects: string[] = [];
  const add = (content: string): number => objects.push(content);
  const catalogue = add("");
  const tree = add("");
  const font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const pageNumbers: number[] = [];
  for (const marks of pages) {
    const drawn = marks.map(draw).join("\n");
    const content = add(`<< /Length ${Buffer.byteLength(drawn, "latin1")} >>\nstream\n${drawn}\nendstream`);
    pageNumbers.push(
      add(
        `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 ${font} 0 R >> >> /Contents ${content} 0 R >>`,
      ),
    );
  }
  const first = objects.length + 2;
  const outlines =
    bookmarks.length === 0
      ? null
      : add(
          `<< /Type /Outlines /First ${first} 0 R /Last ${first + bookmarks.length - 1} 0 R /Count ${bookmarks.length} >>`,
        );
  for (const [index, { title, page }] of bookmarks.entries()) {
    const next = index + 1 < bookmarks.length ? `/Next ${first + index + 1} 0 R` : "";
    add(
      `<< /Title (${escape(title)}) /Parent ${outlines} 0 R ${next} /Dest [${pageNumbers[page - 1]} 0 R /Fit] >>`,
    );
  }
  objects[catalogue - 1] =
    `<< /Type /Catalog /Pages ${tree} 0 R ${outlines === null ? "" : `/Outlines ${outlines} 0 R`} >>`;
  objects[tree - 1] =
    `<< /Type /Pages /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(" ")}] /Count ${pages.length} >>`;

  let body = "%PDF-1.7\n";
  const offsets = objects.map((content, index) => {
    const offset = Buffer.byteLength(body, "latin1");
    body += `${index + 1} 0 obj\n${content}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(body, "latin1");
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root ${catalogue} 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body, "latin1"));
}

/** Lines of one column, 14 points apart, from the top. */
export function column(lines: readonly string[], x: number, top = 780): Mark[] {
  return lines.map((text, index) => ({ text, x, y: top - index * 14, size: 11 }));
}

function draw(mark: Mark): string {
  if ("box" in mark) return `${mark.box.join(" ")} re f`;
  return `BT /F1 ${mark.size ?? 11} Tf ${mark.x} ${mark.y} Td (${escape(mark.text)}) Tj ET`;
}

function escape(text: string): string {
  return text.replace(/[\\()]/g, "\\$&");
}
