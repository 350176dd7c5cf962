import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FineTuneExample } from "../../../core/contract/fine-tune.ts";
import { useAction } from "../../app/routes.ts";
import { formatCount } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";
import { ExampleList } from "./example-list.tsx";

interface ExampleReviewProps {
  readonly examples: readonly FineTuneExample[];
  readonly leftOut: ReadonlySet<number>;
  readonly onChange: (leftOut: ReadonlySet<number>) => void;
}

/** Each accepted suggestion as it would be uploaded, to be kept or left out. */
export function ExampleReview({ examples, leftOut, onChange }: ExampleReviewProps) {
  const { t, i18n } = useTranslation();
  const save = useAction("fine-tune.export");
  const kept = examples.filter(({ id }) => !leftOut.has(id));
  const tokens = kept.reduce((sum, example) => sum + example.tokens, 0);
  const count = (value: number) => formatCount(value, i18n.language);
  const toggle = (id: number, isKept: boolean) => {
    const next = new Set(leftOut);
    if (isKept) next.delete(id);
    else next.add(id);
    onChange(next);
  };
  return (
    <section className="tune-part" aria-labelledby="tune-examples">
      <header className="tune-head">
        <h2 id="tune-examples">{t("tune.examples")}</h2>
        <span className="quiet count" aria-live="polite">
          {t("tune.kept", { kept: count(kept.length), total: count(examples.length), tokens: count(tokens) })}
        </span>
      </header>
      {examples.some(({ masked }) => masked === null) && (
        <p className="notice" data-kind="warning">
          <Icon name="alert" />
          <span>{t("tune.notSanitisedText")}</span>
        </p>
      )}
      <div className="button-row">
        <Button size="compact-sm" variant="default" onClick={() => onChange(new Set())}>
          {t("tune.keepAll")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange(new Set(examples.map(({ id }) => id)))}
        >
          {t("tune.leaveAll")}
        </Button>
        <span className="grow" />
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="download" />}
          disabled={kept.length === 0}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { exampleIds: kept.map(({ id }) => id) },
              { onSuccess: ({ saved }) => saved && showMessage("messages.tuneExported") },
            )
          }
        >
          {t("tune.export")}
        </Button>
      </div>
      <ExampleList examples={examples} leftOut={leftOut} onToggle={toggle} />
    </section>
  );
}
