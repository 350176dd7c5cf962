import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import "./suggest.css";
import { useCommand } from "../../app/command-runner.ts";
import { useDesk, useWindowState } from "../../app/context.tsx";
import type { DocumentTarget } from "../../app/navigation.ts";
import { useObservable } from "../../app/observable.ts";
import { ResizablePane } from "../../ui/resizable-pane.tsx";
import { Composer } from "./composer.tsx";
import { EntryView } from "./entry-view.tsx";
import { FoldedEntry } from "./folded-entry.tsx";
import { SourcesContext, type SourcesFocus } from "./sources-context.ts";
import { SourcesPane } from "./sources-pane.tsx";
import { SuggestEmpty } from "./suggest-empty.tsx";
import { shownVersion } from "./session.ts";

/** Home: the composer, what it brought, and the sources beside it. */
export function SuggestScreen() {
  const { t } = useTranslation();
  const { session, windowState } = useDesk();
  const entries = useObservable(session.state, (state) => state.entries);
  const sourcesShown = useWindowState((state) => state.sourcesShown);
  const isNarrow = useMediaQuery("(max-width: 1099px)", false, { getInitialValueInEffect: false });
  const [drawerOpen, setDrawerOpen] = useState(false);
  const [target, setTarget] = useState<DocumentTarget | null>(null);
  const [marked, setMarked] = useState<number | null>(null);
  const latest = entries.at(-1);
  const sources = latest ? shownVersion(latest).sources : [];
  const latestId = latest?.id;

  useEffect(() => {
    setTarget(null);
    setMarked(null);
  }, [latestId]);
  useCommand("toggle-sources", () => {
    if (isNarrow) setDrawerOpen((open) => !open);
    else windowState.set((state) => ({ ...state, sourcesShown: !state.sourcesShown }));
  });

  const focus: SourcesFocus = {
    marked,
    mark: setMarked,
    open(next) {
      setTarget(next);
      if (isNarrow) setDrawerOpen(true);
      else windowState.set((state) => ({ ...state, sourcesShown: true }));
    },
    showAll() {
      setTarget(null);
      if (isNarrow) setDrawerOpen(true);
      else windowState.set((state) => ({ ...state, sourcesShown: true }));
    },
  };
  const pane = <SourcesPane sources={sources} target={target} onBack={() => setTarget(null)} />;
  return (
    <SourcesContext value={focus}>
      <main className="screen suggest" aria-label={t("rail.suggest")}>
        <div className="screen-scroll">
          <div className="column suggest-column">
            {entries.length > 1 && (
              <section aria-label={t("suggest.earlier")} className="folded-list">
                {entries.slice(0, -1).map((entry) => (
                  <FoldedEntry key={entry.id} entry={entry} />
                ))}
              </section>
            )}
            <Composer />
            {latest ? <EntryView key={latest.id} entry={latest} isLatest /> : <SuggestEmpty />}
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
          aria-label={t("sources.title")}
          classNames={{ body: "sources-drawer" }}
        >
          {drawerOpen && (
            <SourcesPane
              sources={sources}
              target={target}
              onBack={() => setTarget(null)}
              onClose={() => setDrawerOpen(false)}
            />
          )}
        </Drawer>
      ) : (
        sourcesShown && (
          <ResizablePane label={t("sources.resize")} initial={352} least={320} most={480}>
            {pane}
          </ResizablePane>
        )
      )}
    </SourcesContext>
  );
}
