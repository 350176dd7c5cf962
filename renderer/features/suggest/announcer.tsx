import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { nextAnnouncement } from "./announcements.ts";
import { isRunning, type SuggestionState } from "./suggestion-state.ts";

/** Tells screen readers whole sentences as they are finished, never single words. */
export function Announcer({ version }: { version: SuggestionState }) {
  const { t } = useTranslation();
  const told = useRef({ id: version.id, to: 0 });
  const [said, setSaid] = useState("");
  const finished = !isRunning(version);
  useEffect(() => {
    if (told.current.id !== version.id) told.current = { id: version.id, to: 0 };
    const next = nextAnnouncement(version.text, told.current.to, finished);
    if (!next) return;
    told.current.to = next.toldTo;
    setSaid(next.say);
  }, [version.id, version.text, finished]);
  return (
    <div className="only-heard">
      <div aria-live="polite">{said}</div>
      <div role="status">
        {version.phase === "searching" &&
          (version.reviewAt === null
            ? t("suggest.searching")
            : t("suggest.reviewWaits", { host: version.reviewAt }))}
        {version.phase === "done" &&
          (version.end?.finish === "declined"
            ? t("suggest.declined")
            : version.isRetracted
              ? t("suggest.retractedShort")
              : t("suggest.done", { count: version.sources.length }))}
        {version.phase === "cancelled" && t("suggest.cancelled")}
      </div>
    </div>
  );
}
