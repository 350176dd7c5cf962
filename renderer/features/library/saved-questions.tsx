import { ActionIcon, Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SearchMode } from "../../../core/contract/search.ts";
import { routeKey, useAction, useRoute } from "../../app/routes.ts";
import { formatShare } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";

interface SavedQuestionsProps {
  readonly mode: SearchMode;
  readonly onRun: (question: string) => void;
}

/** Questions kept with their right passages: run again, they say whether a change was for the better. */
export function SavedQuestions({ mode, onRun }: SavedQuestionsProps) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const questions = useRoute("search.questions").data ?? [];
  const evaluate = useAction("search.evaluate");
  const remove = useAction("search.remove-question");
  const key = routeKey("search.questions");
  if (questions.length === 0) return null;
  const measured = questions.flatMap(({ recall }) => (recall === null ? [] : [recall]));
  const mean = measured.reduce((sum, recall) => sum + recall, 0) / measured.length;
  return (
    <section className="saved-questions" aria-labelledby="saved-questions">
      <header>
        <h2 id="saved-questions">{t("bench.saved")}</h2>
        <span className="grow" />
        {measured.length > 0 && (
          <span className="quiet">{t("bench.mean", { recall: formatShare(mean, i18n.language) })}</span>
        )}
        <Button
          size="compact-sm"
          variant="default"
          loading={evaluate.isPending}
          onClick={() => evaluate.mutate({ mode }, { onSuccess: (rows) => client.setQueryData(key, rows) })}
        >
          {t("bench.runAll")}
        </Button>
      </header>
      <ul>
        {questions.map((row) => (
          <li key={row.id} className="saved-row">
            <button type="button" className="file-name clip" onClick={() => onRun(row.question)}>
              {row.question}
            </button>
            <span className="quiet small">{t("bench.rightCount", { count: row.relevant.length })}</span>
            <span className="saved-recall">
              {row.recall === null
                ? t("bench.notRun")
                : t("bench.recall", { recall: formatShare(row.recall, i18n.language) })}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t("bench.remove", { question: row.question })}
              onClick={() =>
                remove.mutate(
                  { id: row.id },
                  { onSuccess: () => void client.invalidateQueries({ queryKey: key }) },
                )
              }
            >
              <Icon name="trash" size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}
