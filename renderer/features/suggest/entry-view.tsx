import { useTranslation } from "react-i18next";
import { Announcer } from "./announcer.tsx";
import { EntryActions } from "./entry-actions.tsx";
import { shownVersion, type Entry } from "./session.ts";
import { SuggestionView } from "./suggestion-view.tsx";

/** One request and what came of it; two versions stand side by side while comparing. */
export function EntryView({ entry, isLatest }: { entry: Entry; isLatest: boolean }) {
  const { t } = useTranslation();
  const shown = shownVersion(entry);
  const before = entry.isComparing ? entry.versions[entry.shown - 1] : undefined;
  return (
    <section className="entry" aria-label={t("suggest.suggestion")}>
      {isLatest && <h2 className="entry-request">{entry.ask.text}</h2>}
      {before ? (
        <div className="versions">
          <SuggestionView version={before} entry={entry} label={t("suggest.versionBefore")} />
          <SuggestionView version={shown} entry={entry} label={t("suggest.versionNow")} />
        </div>
      ) : (
        <SuggestionView version={shown} entry={entry} label={null} />
      )}
      <EntryActions entry={entry} />
      {isLatest && <Announcer version={shown} />}
    </section>
  );
}
