import { Button } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SavedSuggestion } from "../../../core/contract/memory.ts";
import { useDesk } from "../../app/context.tsx";
import { routeKey, useAction } from "../../app/routes.ts";
import { formatDate } from "../../ui/formatting.ts";
import { showMessage } from "../../ui/messages.ts";
import { useMatchesFilter } from "../../ui/setting-row.tsx";

const pageSize = 100;

/** What was accepted or judged, newest first, page after page to the oldest; each can be forgotten. */
export function PersonalMemory() {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: routeKey("suggestions.list"),
    // One more than is shown tells whether there are older ones.
    queryFn: ({ pageParam }) => ipc.call("suggestions.list", { offset: pageParam, limit: pageSize + 1 }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length > pageSize ? pages.length * pageSize : undefined),
    // Accepting and judging tell no event.
    refetchOnMount: "always",
  });
  const rows = data?.pages.flatMap((page) => page.slice(0, pageSize));
  const isShown = useMatchesFilter(t("memory.title"), t("memory.text"));
  if (!isShown) return null;
  return (
    <section className="remembered" aria-labelledby="remembered">
      <h3 id="remembered">{t("memory.title")}</h3>
      <p className="quiet">{t("memory.text")}</p>
      {rows?.length === 0 && <p className="remembered-none">{t("memory.none")}</p>}
      <ul>
        {rows?.map((row) => (
          <RememberedRow key={row.id} row={row} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          className="remembered-older"
          size="xs"
          variant="default"
          loading={isFetching}
          onClick={() => void fetchNextPage()}
        >
          {t("memory.older")}
        </Button>
      )}
    </section>
  );
}

function RememberedRow({ row }: { row: SavedSuggestion }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const remove = useAction("suggestions.remove");
  const facts = [
    t(`intents.${row.intent}.name`),
    formatDate(row.createdAt, i18n.language),
    row.accepted && t("actions.accepted"),
    row.rating === 1 && t("actions.good"),
    row.rating === -1 && t("actions.bad"),
  ].filter((fact) => typeof fact === "string");
  const forget = () =>
    remove.mutate(
      { id: row.id },
      {
        onSuccess: () => {
          showMessage("messages.forgotten");
          void client.invalidateQueries({ queryKey: routeKey("suggestions.list") });
        },
      },
    );
  return (
    <li className="remembered-row">
      <div>
        <strong className="clip">{row.request}</strong>
        <span className="quiet small">{facts.join(" · ")}</span>
      </div>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        aria-label={t("memory.forgetOne", { request: row.request })}
        onClick={forget}
      >
        {t("memory.forget")}
      </Button>
    </li>
  );
}
