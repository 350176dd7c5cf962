import { Button } from "@mantine/core";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SuggestNotice } from "../../../core/contract/suggest.ts";
import { useDesk } from "../../app/context.tsx";
import { useRoute } from "../../app/routes.ts";
import { formatMilliseconds } from "../../ui/formatting.ts";
import { useModerationCategories } from "../../ui/moderation-categories.ts";
import { Icon } from "../../ui/icon.tsx";
import { CitedContext } from "./cited-context.ts";
import { placeCitations, splitBlocks } from "./citations.ts";
import { FailureNote } from "./failure-note.tsx";
import { LeftOutNotice } from "./left-out-notice.tsx";
import type { Entry } from "./session.ts";
import { SpentFacts } from "./spent-facts.tsx";
import { isRunning, type SuggestionState } from "./suggestion-state.ts";

/** Parsing Markdown is a quarter of the window's code, and nothing needs it before the first suggestion. */
export const loadMarkdown = () => import("./markdown-block.tsx");
const MarkdownBlock = lazy(async () => ({ default: (await loadMarkdown()).MarkdownBlock }));

interface SuggestionViewProps {
  readonly version: SuggestionState;
  readonly entry: Entry;
  /** Named only while two stand side by side. */
  readonly label: string | null;
}

/** These change what the text is worth, so they stand above it; the rest is said quietly below. */
const loudNotices: ReadonlySet<SuggestNotice> = new Set([
  "counts-whole-library",
  "no-embedding-model",
  "prompt-shortened",
  "server-shortened-prompt",
  "answer-cut",
]);

export function SuggestionView({ version, entry, label }: SuggestionViewProps) {
  const { t } = useTranslation();
  const nothing = version.notices.includes("nothing-found");
  const categories = useModerationCategories();
  const quiet = version.notices.filter(
    (notice) =>
      !loudNotices.has(notice) && notice !== "nothing-found" && !(nothing && notice === "quotes-only"),
  );
  return (
    <div className="suggestion" aria-busy={isRunning(version)}>
      {label && <p className="version-label">{label}</p>}
      {version.notices
        .filter((notice) => loudNotices.has(notice))
        .map((notice) => (
          <p key={notice} className="notice" data-kind="warning">
            <Icon name="alert" />
            <span>{t(`notices.${notice}`)}</span>
          </p>
        ))}
      {version.warnings.length > 0 && (
        <p className="notice" data-kind="warning">
          <Icon name="alert" />
          <span>{t("suggest.warned", { categories: categories(version.warnings) })}</span>
        </p>
      )}
      {version.leftOut.length > 0 && <LeftOutNotice version={version} entry={entry} />}
      {version.reasoning !== "" && (
        <details className="reasoning">
          <summary>{t("suggest.reasoning")}</summary>
          <p>{version.reasoning}</p>
        </details>
      )}
      {version.phase === "searching" && (
        <p className="working">
          <span className="pulse" aria-hidden="true" />
          {version.reviewAt !== null
            ? t("suggest.reviewWaits", { host: version.reviewAt })
            : version.sources.length > 0
              ? t("suggest.reading", { count: version.sources.length })
              : t("suggest.searching")}
        </p>
      )}
      <SuggestionText version={version} />
      {nothing && <NothingFound />}
      {version.phase === "cancelled" && <p className="notice">{t("suggest.cancelled")}</p>}
      {version.failure && version.text !== "" && <p className="cut-mark">{t("suggest.cut")}</p>}
      {version.end?.finish === "length" && <p className="cut-mark">{t("suggest.length")}</p>}
      {version.end?.finish === "moderated" && version.blocked.length === 0 && (
        <p className="cut-mark">{t("suggest.moderated")}</p>
      )}
      {version.blocked.length > 0 && version.failure === null && (
        <p className="cut-mark">
          {t(version.isRetracted ? "suggest.retracted" : "suggest.blocked", {
            categories: categories(version.blocked),
          })}
        </p>
      )}
      {version.end?.finish === "declined" && <p className="notice">{t("suggest.declined")}</p>}
      {version.failure && <FailureNote version={version} entry={entry} failure={version.failure} />}
      {!isRunning(version) && (version.failure === null || version.usage !== null) && (
        <Facts version={version} quiet={quiet} />
      )}
    </div>
  );
}

function SuggestionText({ version }: { version: SuggestionState }) {
  const { text, citations, sources, start } = version;
  const cited = useMemo(() => ({ citations, sources }), [citations, sources]);
  const blocks = useMemo(() => {
    const numbers = new Set(sources.map(({ number }) => number));
    return splitBlocks(placeCitations(text, citations, numbers));
  }, [text, citations, sources]);
  if (text === "") return null;
  return (
    <CitedContext value={cited}>
      <div className="document" data-engine={start?.engine}>
        {blocks.map((block, index) => (
          // Blocks only ever grow at the end: the place is the identity.
          // oxlint-disable-next-line react/no-array-index-key
          <Suspense key={index} fallback={<p>{block}</p>}>
            <MarkdownBlock text={block} isOpen={isRunning(version) && index === blocks.length - 1} />
          </Suspense>
        ))}
      </div>
    </CitedContext>
  );
}

function NothingFound() {
  const { t } = useTranslation();
  const { run } = useDesk();
  return (
    <div className="nothing-found">
      <h3>{t("suggest.nothingTitle")}</h3>
      <p>{t("suggest.nothingTeach")}</p>
      <div className="button-row">
        <Button size="xs" variant="default" onClick={() => run("add-folder")}>
          {t("commands.add-folder")}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => run("test-question")}>
          {t("commands.test-question")}
        </Button>
      </div>
    </div>
  );
}

/** Who wrote it, what was checked, how long it took. */
function Facts({ version, quiet }: { version: SuggestionState; quiet: readonly SuggestNotice[] }) {
  const { t, i18n } = useTranslation();
  const models = useRoute("models.list").data ?? [];
  const { start, end, citations, text } = version;
  const model = models.find(({ id }) => id === start?.model)?.name ?? start?.model ?? "";
  const exact = citations.filter(({ state }) => state === "exact").length;
  const near = citations.filter(({ state }) => state === "near").length;
  const missing = citations.filter(({ state }) => state === "not-found").length;
  const facts = [
    start &&
      text !== "" &&
      (start.engine === "quotes"
        ? t("suggest.byQuotes")
        : start.tier === "local"
          ? t("suggest.byModel", { model })
          : t("suggest.byModelAt", { model, provider: start.provider })),
    citations.length > 0 && t("suggest.checked", { exact, count: citations.length }),
    near > 0 && t("suggest.near", { count: near }),
    missing > 0 && t("suggest.notFound", { count: missing }),
    version.masked > 0 && t("suggest.masked", { count: version.masked }),
    end && formatMilliseconds(end.milliseconds.total, i18n.language),
  ].filter((fact) => typeof fact === "string");
  return (
    <div className="facts">
      <p>{facts.join(" · ")}</p>
      <SpentFacts version={version} />
      {quiet.map((notice) => (
        <p key={notice}>{t(`notices.${notice}`)}</p>
      ))}
    </div>
  );
}
