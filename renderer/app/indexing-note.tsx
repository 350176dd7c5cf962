import { useTranslation } from "react-i18next";
import { formatCount } from "../ui/formatting.ts";
import { Icon } from "../ui/icon.tsx";
import { useDesk } from "./context.tsx";
import { useRoute } from "./routes.ts";

/** While files are being taken in, the rail says how far it is, on every screen. */
export function IndexingNote() {
  const { t, i18n } = useTranslation();
  const { run } = useDesk();
  const progress = useRoute("library.progress").data;
  if (!progress || progress.state === "idle") return null;
  const { total, ready, failed } = progress.files;
  const done = formatCount(ready + failed, i18n.language);
  const words = t(progress.state === "paused" ? "rail.paused" : "rail.indexing", {
    done,
    total: formatCount(total, i18n.language),
  });
  return (
    <button
      type="button"
      className="rail-note"
      aria-label={words}
      title={words}
      onClick={() => run("go-library")}
    >
      <Icon name={progress.state === "paused" ? "pause" : "clock"} />
      <span className="rail-word">
        {words}
        <span className="rail-bar" aria-hidden="true">
          <span style={{ inlineSize: `${total === 0 ? 0 : ((ready + failed) / total) * 100}%` }} />
        </span>
      </span>
    </button>
  );
}
