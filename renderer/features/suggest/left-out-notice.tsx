import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import { useObservable } from "../../ui/observable.ts";
import { isFirstLeftOut, type Entry } from "./session.ts";
import { useSession } from "./session-context.ts";
import { isRunning, type SuggestionState } from "./suggestion-state.ts";
import { useTierStatus } from "./use-tier-status.ts";
import { useWhoSees, useWidening } from "./widening.ts";

/** Names the collections that were not searched; the first time it offers to let them travel, with who sees what. */
export function LeftOutNotice({ version, entry }: { version: SuggestionState; entry: Entry }) {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const widen = useWidening();
  const whoSees = useWhoSees();
  const status = useTierStatus(entry.ask.tier ?? "local");
  const isFirst = useObservable(session.state, (state) => isFirstLeftOut(state, entry.id));
  const [isAnswered, setAnswered] = useState(false);
  const { leftOut, start } = version;
  const names = new Intl.ListFormat(i18n.language).format(leftOut.map(({ name }) => `“${name}”`));
  const offers = isFirst && !isAnswered && !isRunning(version) && start !== null;
  return (
    <div className="notice left-out" data-kind="warning">
      <Icon name="alert" />
      <div>
        <p>{t("suggest.leftOut", { names })}</p>
        {offers && (
          <>
            <p>{whoSees(status)}</p>
            <div className="button-row">
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  setAnswered(true);
                  void widen(
                    leftOut.map(({ id }) => id),
                    start.reach,
                  );
                }}
              >
                {t("suggest.widen", { names, place: t(`reachPlaces.${start.reach}`) })}
              </Button>
              <Button size="xs" variant="subtle" onClick={() => setAnswered(true)}>
                {t("suggest.keepHere")}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
