import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentHead, Passage, Range } from "../../core/contract/documents.ts";
import { useDesk } from "./context.tsx";
import type { DocumentTarget } from "./navigation.ts";
import { routeKey, useRoute } from "./routes.ts";
import { MarkedText } from "../ui/marked-text.tsx";
import { useFailureSentence } from "../ui/failure-sentence.ts";
import { usePlaceWords } from "../ui/use-place-words.ts";

const pageSize = 100;
const estimatedHeight = 160;

/** A document's text, passage by passage, scrolled to the target's range, which is marked. */
export function DocumentText({ target }: { target: DocumentTarget }) {
  const { t } = useTranslation();
  const sentence = useFailureSentence();
  const { documentId, range } = target;
  const head = useRoute("documents.get", { id: documentId });
  const located = useRoute("documents.locate", { id: documentId, start: range?.start ?? 0 });
  const failure = head.error ?? located.error;
  if (failure) return <p className="document-failure">{sentence(failure)}</p>;
  if (!head.data || !located.data) return <p className="only-late quiet">{t("common.loading")}</p>;
  return <Passages head={head.data} range={range} first={range ? located.data.ordinal : 0} />;
}

interface PassagesProps {
  readonly head: DocumentHead;
  readonly range: Range | null;
  /** The passage to begin at. */
  readonly first: number;
}

function Passages({ head, range, first }: PassagesProps) {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: head.passages,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedHeight,
    overscan: 4,
    initialOffset: Math.max(0, first * estimatedHeight - estimatedHeight),
  });
  const rows = virtualizer.getVirtualItems();
  // One passage before the first, so that a row knows where the one above it ended.
  const pages = [
    ...new Set(
      rows
        .flatMap(({ index }) => [index, index - 1])
        .filter((index) => index >= 0)
        .map((index) => Math.floor(index / pageSize)),
    ),
  ];
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = { id: head.id, offset: page * pageSize, limit: pageSize };
      return {
        queryKey: routeKey("documents.passages", input),
        queryFn: () => ipc.call("documents.passages", input),
      };
    }),
  });
  const passageAt = (index: number): Passage | undefined =>
    answers[pages.indexOf(Math.floor(index / pageSize))]?.data?.[index % pageSize];

  // Heights are only known once drawn: aim again until the marked words are there to be seen.
  const isThere = passageAt(first) !== undefined;
  const arrived = useRef(false);
  useEffect(() => {
    if (!isThere || arrived.current) return undefined;
    virtualizer.scrollToIndex(first, { align: "start" });
    let tries = 0;
    const look = () => {
      const mark = scroller.current?.querySelector("mark");
      if (mark || range === null || tries > 30) {
        mark?.scrollIntoView({ block: "center" });
        arrived.current = true;
        return;
      }
      tries += 1;
      frame = requestAnimationFrame(look);
    };
    let frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [isThere, first, range, virtualizer]);

  return (
    <section
      ref={scroller}
      className="document-text"
      aria-label={t("document.label", { title: head.title })}
      // A region that scrolls must take the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <div className="document-text-inside" style={{ blockSize: virtualizer.getTotalSize() }}>
        {rows.map((row) => (
          <div
            key={row.key}
            data-index={row.index}
            ref={virtualizer.measureElement}
            className="passage-row"
            style={{ transform: `translateY(${row.start}px)` }}
          >
            <PassageText passage={passageAt(row.index)} before={passageAt(row.index - 1)} range={range} />
          </div>
        ))}
      </div>
    </section>
  );
}

interface PassageTextProps {
  readonly passage: Passage | undefined;
  readonly before: Passage | undefined;
  readonly range: Range | null;
}

function PassageText({ passage, before, range }: PassageTextProps) {
  const sayPlace = usePlaceWords();
  if (!passage) return <p className="passage-text" style={{ minBlockSize: estimatedHeight }} />;
  const label = sayPlace(passage.place, "all");
  const isNewPlace = label !== "" && (!before || label !== sayPlace(before.place, "all"));
  // Neighbours may overlap: what the one above already showed is left out.
  const from = before && before.end > passage.start ? Math.min(before.end, passage.end) : passage.start;
  const ranges = range ? [{ start: range.start - from, end: range.end - from }] : [];
  return (
    <>
      {isNewPlace && <p className="passage-place">{label}</p>}
      <p className="passage-text">
        <MarkedText text={passage.text.slice(from - passage.start)} ranges={ranges} />
      </p>
    </>
  );
}
