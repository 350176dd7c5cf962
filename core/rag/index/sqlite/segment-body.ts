import { pageSlots, type Code, type CodePage, type PageLayout } from "./code-page.ts";

/** A few vectors, one after another; they become a whole page once there are enough. */
const rowsFormat = 1;
/** A full page as the kernel scans it. */
const pageFormat = 2;
const headBytes = 4;

/** Whole numbers as differences, seven bits a byte: neighbouring ids take one byte. */
function writeIds(out: number[], ids: Uint32Array): void {
  let last = 0;
  for (const id of ids) {
    const difference = id - last;
    let rest = difference < 0 ? -2 * difference - 1 : 2 * difference;
    while (rest >= 128) {
      out.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    out.push(rest);
    last = id;
  }
}

function readIds(bytes: Uint8Array, at: number, count: number): { ids: Uint32Array; end: number } {
  const ids = new Uint32Array(count);
  let last = 0;
  for (let i = 0; i < count; i++) {
    let value = 0;
    let weight = 1;
    let byte = bytes[at++]!;
    while (byte >= 128) {
      value += (byte - 128) * weight;
      weight *= 128;
      byte = bytes[at++]!;
    }
    value += byte * weight;
    last += value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    ids[i] = last;
  }
  return { ids, end: at };
}

function withHead(format: number, count: number, ids: readonly Uint32Array[], rest: Uint8Array): Uint8Array {
  const numbers: number[] = [];
  for (const part of ids) writeIds(numbers, part);
  const body = new Uint8Array(headBytes + numbers.length + rest.length);
  body[0] = format;
  new DataView(body.buffer).setUint16(2, count, true);
  body.set(numbers, headBytes);
  body.set(rest, headBytes + numbers.length);
  return body;
}

/** The slots [first, page.used) of a page that is not full. */
export function writeRows(page: CodePage, first: number): Uint8Array {
  const { groups } = page.layout;
  const stride = groups / 2 + 4;
  const count = page.used - first;
  const rest = new Uint8Array(count * stride);
  const view = new DataView(rest.buffer);
  for (let i = 0; i < count; i++) {
    const { nibbles, factor, base } = page.code(first + i);
    const at = i * stride;
    view.setInt16(at, factor, true);
    view.setInt16(at + 2, base, true);
    for (let g = 0; g < groups; g += 2) rest[at + 4 + g / 2] = nibbles[g]! | (nibbles[g + 1]! << 4);
  }
  const ids = [page.passages.subarray(first, page.used), page.documents.subarray(first, page.used)];
  return withHead(rowsFormat, count, ids, rest);
}

/** A full page. */
export function writePage(page: CodePage): Uint8Array {
  return withHead(pageFormat, pageSlots, [page.passages, page.documents], page.bytes);
}

/** Puts a segment's vectors into the page behind those that are there; false when it does not fit there. */
export function readSegment(page: CodePage, first: number, body: Uint8Array): boolean {
  const { layout } = page;
  if (body.length < headBytes || first !== page.used) return false;
  const count = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint16(2, true);
  if (page.used + count > pageSlots) return false;
  const passages = readIds(body, headBytes, count);
  const documents = readIds(body, passages.end, count);
  const rest = body.subarray(documents.end);
  if (body[0] === pageFormat) {
    if (rest.length !== layout.pageBytes || count !== pageSlots) return false;
    page.load(rest, passages.ids, documents.ids, count);
    return true;
  }
  const stride = layout.groups / 2 + 4;
  if (body[0] !== rowsFormat || rest.length !== count * stride) return false;
  for (let i = 0; i < count; i++)
    page.append(passages.ids[i]!, documents.ids[i]!, readCode(rest, i * stride, layout));
  return true;
}

function readCode(bytes: Uint8Array, at: number, layout: PageLayout): Code {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 4);
  const nibbles = new Uint8Array(layout.groups);
  for (let g = 0; g < layout.groups; g++)
    nibbles[g] = (bytes[at + 4 + (g >> 1)]! >> (g % 2 === 0 ? 0 : 4)) & 15;
  return { nibbles, factor: view.getInt16(0, true), base: view.getInt16(2, true) };
}
