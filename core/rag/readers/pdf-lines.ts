import type { PdfPage } from "./pdf-engine.ts";

/** A stretch of text on one baseline. Coordinates in points along and across its own direction, y upwards. */
export interface PdfLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  /** Font size in points. */
  readonly size: number;
  /** Direction of writing in whole degrees; 0 is upright. */
  readonly angle: number;
}

interface OpenLine {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
  angle: number;
  letters: number;
}

interface Item {
  readonly str: string;
  readonly dir: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

/** The text of a page as line fragments in the order in which the page draws them. */
export async function pageLines(page: PdfPage): Promise<PdfLine[]> {
  const content = await page.getTextContent({ disableNormalization: false });
  const lines: OpenLine[] = [];
  let open: OpenLine | null = null;
  for (const item of content.items as unknown as readonly Item[]) {
    if (typeof item.str !== "string" || !item.str) continue;
    const piece = pieceOf(item);
    if (!item.str.trim()) {
      // A blank wider than a few letters is a gap between columns, not one between words.
      if (open && !open.text.endsWith(" ") && onSameLine(open, piece, false)) open.text += " ";
      continue;
    }
    if (open && onSameLine(open, piece, item.dir === "rtl")) join(open, piece);
    else {
      open = piece;
      lines.push(open);
    }
  }
  return lines
    .map(({ text, left, right, y, size, angle }) => ({
      text: lettersApart(text).trim(),
      left,
      right,
      y,
      size,
      angle,
    }))
    .filter((line) => line.text);
}

function pieceOf(item: Item): OpenLine {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
  const length = Math.hypot(a, b) || 1;
  const cosine = a / length;
  const sine = b / length;
  const size = Math.hypot(c, d) || item.height || length;
  const left = e * cosine + f * sine;
  return {
    text: item.str,
    left,
    right: left + item.width,
    y: f * cosine - e * sine,
    size,
    angle: Math.round((Math.atan2(sine, cosine) * 180) / Math.PI),
    letters: item.str.length,
  };
}

function onSameLine(line: OpenLine, piece: OpenLine, isRightToLeft: boolean): boolean {
  if (line.angle !== piece.angle) return false;
  const size = Math.max(line.size, piece.size);
  if (Math.abs(line.y - piece.y) > size * 0.45) return false;
  const gap = isRightToLeft ? line.left - piece.right : piece.left - line.right;
  return gap > -size * 0.6 && gap < size * 1.6;
}

function join(line: OpenLine, piece: OpenLine): void {
  const gap = piece.left >= line.right - piece.size ? piece.left - line.right : line.left - piece.right;
  const size = Math.max(line.size, piece.size);
  const isApart = gap > size * 0.18 && !/\s$/.test(line.text) && !/^\s/.test(piece.text);
  line.text += (isApart ? " " : "") + piece.text;
  line.left = Math.min(line.left, piece.left);
  line.right = Math.max(line.right, piece.right);
  // The line is as large and as high as most of its letters: a raised digit does not move it.
  if (piece.letters > line.letters) {
    line.size = piece.size;
    line.y = piece.y;
  }
  line.letters += piece.letters;
}

const ligatures: Readonly<Record<string, string>> = {
  "\ufb00": "ff",
  "\ufb01": "fi",
  "\ufb02": "fl",
  "\ufb03": "ffi",
  "\ufb04": "ffl",
  "\ufb05": "ft",
  "\ufb06": "st",
};

function lettersApart(text: string): string {
  return text.replace(/[\ufb00-\ufb06]/g, (sign) => ligatures[sign] ?? sign);
}
