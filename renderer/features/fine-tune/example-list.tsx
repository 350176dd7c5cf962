import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FineTuneExample } from "../../../core/contract/fine-tune.ts";
import { formatCount } from "../../ui/formatting.ts";
import { VirtualList } from "../../ui/virtual-list.tsx";

interface ExampleListProps {
  readonly examples: readonly FineTuneExample[];
  readonly leftOut: ReadonlySet<number>;
  readonly onToggle: (id: number, isKept: boolean) => void;
}

const estimatedHeight = 64;

/** Any number of examples; only those in sight are drawn, so that a click costs the same with thousands. */
export function ExampleList({ examples, leftOut, onToggle }: ExampleListProps) {
  // What was opened stays open while it is out of sight.
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const open = (id: number, isOpen: boolean) =>
    setOpened((old) => {
      if (old.has(id) === isOpen) return old;
      const next = new Set(old);
      if (isOpen) next.add(id);
      else next.delete(id);
      return next;
    });
  return (
    <VirtualList items={examples} idOf={({ id }) => id} rowHeight={estimatedHeight} className="tune-examples">
      {(example) => (
        <Example
          example={example}
          isKept={!leftOut.has(example.id)}
          isOpen={opened.has(example.id)}
          onToggle={(isKept) => onToggle(example.id, isKept)}
          onOpen={(isOpen) => open(example.id, isOpen)}
        />
      )}
    </VirtualList>
  );
}

interface ExampleProps {
  readonly example: FineTuneExample;
  readonly isKept: boolean;
  readonly isOpen: boolean;
  readonly onToggle: (isKept: boolean) => void;
  readonly onOpen: (isOpen: boolean) => void;
}

function Example({ example, isKept, isOpen, onToggle, onOpen }: ExampleProps) {
  const { t, i18n } = useTranslation();
  const count = (value: number) => formatCount(value, i18n.language);
  return (
    <div className="tune-example" data-kept={isKept}>
      <input
        type="checkbox"
        checked={isKept}
        aria-label={t("tune.keep", { request: example.request })}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <div>
        <details open={isOpen} onToggle={(event) => onOpen(event.currentTarget.open)}>
          <summary>
            <span className="clip">{example.request}</span>
          </summary>
          {isOpen && (
            <dl>
              <dt className="quiet small">{t("tune.asked")}</dt>
              <dd>{example.request}</dd>
              <dt className="quiet small">{t("tune.answer")}</dt>
              <dd className="tune-answer">{example.answer}</dd>
            </dl>
          )}
        </details>
        <span className="quiet small count">
          {[
            t("tune.tokens", { number: count(example.tokens) }),
            t("tune.characters", { number: count(example.characters) }),
            example.masked === null ? t("tune.notSanitised") : t("tune.masked", { count: example.masked }),
          ].join(" · ")}
        </span>
      </div>
    </div>
  );
}
