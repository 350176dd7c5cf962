import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useObservable } from "../../ui/observable.ts";
import { Icon } from "../../ui/icon.tsx";
import { EntryView } from "./entry-view.tsx";
import type { Entry } from "./session.ts";
import { useSession } from "./session-context.ts";

/** An earlier suggestion of this session: one line, opened on demand. */
export const FoldedEntry = memo(function FoldedEntry({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const session = useSession();
  const isOpen = useObservable(session.state, (state) => state.opened.includes(entry.id));
  return (
    <article className="folded" data-open={isOpen}>
      <button
        type="button"
        className="folded-head"
        aria-expanded={isOpen}
        onClick={() => session.toggleOpened(entry.id)}
      >
        <Icon name={isOpen ? "chevron" : "right"} size={14} />
        <span className="quiet">{t(`intents.${entry.ask.intent ?? "answer"}.name`)}</span>
        <span className="clip">{entry.ask.text}</span>
      </button>
      {isOpen && <EntryView entry={entry} isLatest={false} />}
    </article>
  );
});
