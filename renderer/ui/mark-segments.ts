import type { Range } from "../../core/contract/documents.ts";

export interface Segment {
  readonly start: number;
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts text at the ranges' ends. Ranges may overlap, touch or reach over the end; no text is lost. */
export function markSegments(text: string, ranges: readonly Range[]): Segment[] {
  const sorted = ranges
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(text.length, end) }))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start);
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end } of sorted) {
    if (end <= at) continue;
    if (start > at) segments.push({ start: at, text: text.slice(at, start), marked: false });
    const from = Math.max(start, at);
    segments.push({ start: from, text: text.slice(from, end), marked: true });
    at = end;
  }
  if (at < text.length) segments.push({ start: at, text: text.slice(at), marked: false });
  return segments;
}
