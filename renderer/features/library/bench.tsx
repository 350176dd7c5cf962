import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { SearchHit, SearchMode, SearchResult } from "../../../core/contract/search.ts";
import { searchModes } from "../../../core/contract/search.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useDesk } from "../../app/context.tsx";
import { routeKey, useAction } from "../../app/routes.ts";
import { formatMilliseconds } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { BenchHit } from "./bench-hit.tsx";
import { SavedQuestions } from "./saved-questions.tsx";

const passagesShown = 20;

/** Which passages a question finds, how fast, and whether the right ones are among them. */
export function Bench({ collectionId }: { collectionId: number | null }) {
  const { t } = useTranslation();
  const { ipc } = useDesk();
  const client = useQueryClient();
  const [question, setQuestion] = useState("");
  const [mode, setMode] = useState<SearchMode>("hybrid");
  const [right, setRight] = useState<readonly SearchHit[]>([]);
  const save = useAction("search.save-question");
  const search = useMutation({
    mutationFn: (wanted: { question: string; mode: SearchMode }) =>
      ipc.call("search.run", {
        ...wanted,
        k: passagesShown,
        collections: collectionId === null ? [] : [collectionId],
      }),
  });
  const run = (wanted: { question: string; mode: SearchMode }) => {
    if (wanted.question.trim() !== "") search.mutate({ ...wanted, question: wanted.question.trim() });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRight([]);
    run({ question, mode });
  };
  const isRight = (hit: SearchHit) =>
    right.some((other) => other.documentId === hit.documentId && other.start === hit.start);
  return (
    <div className="bench">
      <div className="bench-column">
        <form className="bench-form" onSubmit={submit}>
          <TextInput
            className="grow"
            aria-label={t("bench.question")}
            placeholder={t("bench.question")}
            value={question}
            maxLength={2000}
            leftSection={<Icon name="flask" />}
            onChange={(event) => setQuestion(event.currentTarget.value)}
          />
          <Button type="submit" disabled={question.trim() === ""} loading={search.isPending}>
            {t("bench.run")}
          </Button>
        </form>
        <div className="bench-modes">
          <SegmentedControl
            size="xs"
            aria-label={t("bench.mode")}
            value={mode}
            onChange={(next) => {
              setMode(next);
              if (search.data) run({ question, mode: next });
            }}
            data={searchModes.map((value) => ({ value, label: t(`searchModes.${value}`) }))}
          />
          {search.data && <Timing result={search.data} />}
        </div>
        {search.data?.notices.map((notice) => (
          <p key={notice} className="notice">
            <Icon name="info" />
            <span>{t(`notices.${notice}`)}</span>
          </p>
        ))}
        {!search.data && <p className="bench-teach quiet">{t("bench.teach")}</p>}
        {search.data?.hits.length === 0 && <p className="bench-teach">{t("bench.none")}</p>}
        {search.data && search.data.hits.length > 0 && (
          <>
            <ol className="bench-hits" aria-label={t("bench.results")}>
              {search.data.hits.map((hit) => (
                <BenchHit
                  key={hit.rank}
                  hit={hit}
                  isRight={isRight(hit)}
                  onRight={(next) =>
                    setRight((old) =>
                      next
                        ? [...old, hit]
                        : old.filter(
                            (other) => other.start !== hit.start || other.documentId !== hit.documentId,
                          ),
                    )
                  }
                />
              ))}
            </ol>
            <div className="bench-save">
              <span className="quiet">{t("bench.marked", { count: right.length })}</span>
              <Button
                variant="default"
                size="xs"
                disabled={right.length === 0}
                onClick={() =>
                  save.mutate(
                    {
                      question: question.trim(),
                      relevant: right.map(({ documentId, start, end }) => ({ documentId, start, end })),
                    },
                    {
                      onSuccess: () => {
                        setRight([]);
                        void client.invalidateQueries({ queryKey: routeKey("search.questions") });
                      },
                    },
                  )
                }
              >
                {t("bench.save")}
              </Button>
            </div>
          </>
        )}
        <SavedQuestions
          mode={mode}
          onRun={(saved) => {
            setQuestion(saved);
            setRight([]);
            run({ question: saved, mode });
          }}
        />
      </div>
    </div>
  );
}

function Timing({ result }: { result: SearchResult }) {
  const { t, i18n } = useTranslation();
  const say = (milliseconds: number) => formatMilliseconds(milliseconds, i18n.language);
  const { embed, vectors, words, fuse, total } = result.milliseconds;
  return (
    <p className="bench-timing" aria-label={t("bench.timing")}>
      <strong>{say(total)}</strong>
      <span className="quiet">
        {t("bench.parts", { embed: say(embed), vectors: say(vectors), words: say(words), fuse: say(fuse) })}
      </span>
    </p>
  );
}
