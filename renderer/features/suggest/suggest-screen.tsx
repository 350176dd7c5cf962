import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import "./suggest.css";
import type { Source } from "../../../core/contract/suggest.ts";
import { useCommand } from "../../app/command-runner.ts";
import { useDesk, useWindowState } from "../../app/context.tsx";
import type { DocumentTarget } from "../../app/navigation.ts";
import { useObservable } from "../../ui/observable.ts";
import { ResizablePane } from "../../ui/resizable-pane.tsx";
import { Composer } from "./composer.tsx";
import { EntryView } from "./entry-view.tsx";
import { FoldedEntry } from "./folded-entry.tsx";
import { SourcesContext, type SourcesFocus } from "./sources-context.ts";
import { SourcesPane } from "./sources-pane.tsx";
import { loadMarkdown } from "./suggestion-view.tsx";
import { SuggestEmpty } from "./suggest-empty.tsx";
import { latestSources } from "./session.ts";
import { useSession } from "./session-context.ts";

interface Opened {
  /** The suggestion it was opened beside. */
  readonly besides: string | undefined;
  readonly target: DocumentTarget | null;
  /** Sources of an earlier suggestion; null: those of the latest. */
  readonly sources: readonly Source[] | null;
}

/** Home: the composer, what it brought, and the sources beside it. */
export function SuggestScreen() {
  const { t } = useTranslation();
  const session = useSession();
  const { windowState } = useDesk();
  // Nothing here changes with a delta: the screen around the text is not drawn again for each.
  const latestId = useObservable(session.state, ({ entries }) => entries.at(-1)?.id);
  const latest = useObservable(session.state, latestSources);
  const sourcesShown = useWindowState((state) => state.sourcesShown);
  const isNarrow = useMediaQuery("(max-width: 1099px)", false);
  const [drawerOpen, setDrawerOpen] = useState(false);
  const [marked, setMarked] = useState<number | null>(null);
  // What was opened beside one suggestion is put away by the next.
  const [opened, setOpened] = useState<Opened | null>(null);
  const here = opened?.besides === latestId ? opened : null;
  const sources = here?.sources ?? latest;
  const target = here?.target ?? null;

  useEffect(() => {
    requestIdleCallback(() => void loadMarkdown());
  }, []);

  useCommand("toggle-sources", () => {
    if (isNarrow) setDrawerOpen((open) => !open);
    else windowState.set((state) => ({ ...state, sourcesShown: !state.sourcesShown }));
  });
  const show = (part: Partial<Opened>) => {
    setOpened({ besides: latestId, target: null, sources: here?.sources ?? null, ...part });
    if (isNarrow) setDrawerOpen(true);
    else windowState.set((state) => ({ ...state, sourcesShown: true }));
  };
  const focus: SourcesFocus = {
    marked,
    mark: setMarked,
    open: (next) => show({ target: next }),
    showAll: (list) => show({ sources: list }),
  };
  const back = () => setOpened((old) => old && { ...old, target: null });
  return (
    <SourcesContext value={focus}>
      <main className="screen suggest" aria-labelledby="suggest-title">
        <h1 id="suggest-title" className="only-heard">
          {t("rail.suggest")}
        </h1>
        <div className="screen-scroll">
          <div className="column suggest-column">
            <EarlierEntries />
            <Composer />
            {latestId === undefined ? <SuggestEmpty /> : <LatestEntry key={latestId} />}
          </div>
        </div>
      </main>
      {isNarrow ? (
        <Drawer
          opened={drawerOpen}
          onClose={() => setDrawerOpen(false)}
          position="right"
          size={400}
          withCloseButton={false}
          padding={0}
          attributes={{ content: { "aria-label": t("sources.title") } }}
          classNames={{ body: "sources-drawer" }}
        >
          {drawerOpen && (
            <SourcesPane
              sources={sources}
              target={target}
              onBack={back}
              onClose={() => setDrawerOpen(false)}
            />
          )}
        </Drawer>
      ) : (
        sourcesShown && (
          <ResizablePane label={t("sources.resize")} initial={352} least={320} most={480}>
            <SourcesPane sources={sources} target={target} onBack={back} />
          </ResizablePane>
        )
      )}
    </SourcesContext>
  );
}

function EarlierEntries() {
  const { t } = useTranslation();
  const session = useSession();
  const entries = useObservable(session.state, (state) => state.entries);
  if (entries.length <= 1) return null;
  return (
    <section aria-label={t("suggest.earlier")} className="folded-list">
      {entries.slice(0, -1).map((entry) => (
        <FoldedEntry key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

function LatestEntry() {
  const session = useSession();
  const entry = useObservable(session.state, ({ entries }) => entries.at(-1));
  return entry ? <EntryView entry={entry} isLatest /> : null;
}
