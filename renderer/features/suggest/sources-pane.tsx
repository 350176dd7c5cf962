import { ActionIcon, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Source } from "../../../core/contract/suggest.ts";
import { useGo } from "../../app/context.tsx";
import type { DocumentTarget } from "../../app/navigation.ts";
import { useRoute } from "../../app/routes.ts";
import { DocumentText } from "../../app/document-text.tsx";
import { CopyList } from "../../ui/copy-list.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MarkedText } from "../../ui/marked-text.tsx";
import { ScoreBar } from "../../ui/score-bar.tsx";
import { usePlaceWords } from "../../ui/use-place-words.ts";
import { useSourcesFocus } from "./sources-context.ts";

interface SourcesPaneProps {
  readonly sources: readonly Source[];
  /** The document opened beside the text, null for the list. */
  readonly target: DocumentTarget | null;
  readonly onBack: () => void;
  readonly onClose?: () => void;
}

/** The passages a suggestion stands on; one of them opens in place, at its range. */
export function SourcesPane({ sources, target, onBack, onClose }: SourcesPaneProps) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <section className="sources" aria-label={t("sources.title")}>
      <header className="sources-head">
        {target ? (
          <>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              leftSection={<Icon name="left" />}
              onClick={onBack}
            >
              {t("sources.back")}
            </Button>
            <span className="grow" />
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<Icon name="open" />}
              onClick={() => go({ screen: "library", view: "document", target })}
            >
              {t("sources.openInLibrary")}
            </Button>
          </>
        ) : (
          <h2>
            {t("sources.title")}
            {sources.length > 0 && <span className="quiet count">{sources.length}</span>}
          </h2>
        )}
        {onClose && (
          <ActionIcon variant="subtle" color="gray" aria-label={t("common.close")} onClick={onClose}>
            <Icon name="close" />
          </ActionIcon>
        )}
      </header>
      {target && <ReadingTitle documentId={target.documentId} />}
      {target && <DocumentText key={JSON.stringify(target)} target={target} />}
      {!target && sources.length === 0 && <p className="sources-none quiet">{t("sources.none")}</p>}
      {!target && sources.length > 0 && (
        <ol className="source-list">
          {sources.map((source) => (
            <SourceRow key={source.number} source={source} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** Stays while the text below it scrolls. */
function ReadingTitle({ documentId }: { documentId: number }) {
  const head = useRoute("documents.get", { id: documentId }).data;
  return <p className="reading-title clip">{head?.title}</p>;
}

function SourceRow({ source }: { source: Source }) {
  const { t } = useTranslation();
  const focus = useSourcesFocus();
  const sayPlace = usePlaceWords();
  const open = ({ documentId, start, end }: Pick<Source, "documentId" | "start" | "end">) =>
    focus.open({ documentId, range: { start, end } });
  const place = sayPlace(source.place, "last", source.title);
  return (
    <li className="source" data-marked={focus.marked === source.number}>
      <div className="source-head">
        <button type="button" className="source-open" onClick={() => open(source)}>
          <span className="only-heard">{t("sources.source")} </span>
          <span className="source-number">{source.number}</span>
          <span className="source-words">
            <span className="source-title clip">{source.title}</span>
            {place !== "" && <span className="source-place clip">{place}</span>}
          </span>
        </button>
        <ScoreBar score={source.score} />
      </div>
      <p className="source-text">
        <MarkedText text={source.text} ranges={source.matches} />
      </p>
      <CopyList copies={source.copies} onOpen={open} />
    </li>
  );
}
