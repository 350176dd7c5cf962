import type { Range } from "../../core/contract/documents.ts";
import { markSegments } from "./mark-segments.ts";

/** Text with ranges marked. */
export function MarkedText({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  return (
    <>
      {markSegments(text, ranges).map(({ start, text: part, marked }) =>
        marked ? <mark key={start}>{part}</mark> : <span key={start}>{part}</span>,
      )}
    </>
  );
}
