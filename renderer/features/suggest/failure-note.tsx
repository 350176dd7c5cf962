import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Failure } from "../../../core/contract/errors.ts";
import { useGo } from "../../app/context.tsx";
import { useFailureSentence } from "../../ui/failure-sentence.ts";
import { Icon } from "../../ui/icon.tsx";
import { remedyOf } from "./remedy.ts";
import type { Entry } from "./session.ts";
import type { SuggestionState } from "./suggestion-state.ts";
import { useTierStatus } from "./use-tier-status.ts";
import { useSession } from "./session-context.ts";
import { idsOf, useWhoSees, useWidening, wantedOf } from "./widening.ts";

interface FailureNoteProps {
  readonly version: SuggestionState;
  readonly entry: Entry;
  readonly failure: Failure;
}

/** What happened, what was not sent or not lost, and what can be done. Only this device is offered instead. */
export function FailureNote({ version, entry, failure }: FailureNoteProps) {
  const { t } = useTranslation();
  const session = useSession();
  const go = useGo();
  const sentence = useFailureSentence();
  const remedy = remedyOf(failure.code);
  if (failure.code === "reach-needs-consent") return <ConsentQuestion entry={entry} />;
  if (failure.code === "reach-not-allowed" && failure.facts?.["ids"] !== undefined)
    return <WideningQuestion entry={entry} failure={failure} />;
  return (
    <Alert color="red" variant="light" icon={<Icon name="alert" />} role="alert">
      <p>{sentence(failure)}</p>
      <div className="button-row">
        <Button size="xs" variant="default" onClick={() => session.again(entry.id, false)}>
          {t("suggest.again")}
        </Button>
        {remedy === "settings" && (
          <Button size="xs" variant="default" onClick={() => go({ screen: "settings", group: "models" })}>
            {t("suggest.openSettings")}
          </Button>
        )}
        {remedy === "costs" && (
          <Button size="xs" variant="default" onClick={() => go({ screen: "costs" })}>
            {t("suggest.openCosts")}
          </Button>
        )}
        {remedy === "library" && (
          <Button size="xs" variant="default" onClick={() => go({ screen: "library", view: "files" })}>
            {t("suggest.openLibrary")}
          </Button>
        )}
        {version.offersLocal && entry.ask.tier !== "local" && (
          <Button size="xs" onClick={() => session.runLocally(entry.id)}>
            {t("suggest.useLocal")}
          </Button>
        )}
      </div>
    </Alert>
  );
}

/** Says which collections hold the request back and who would see what, and asks whether they may travel. */
function WideningQuestion({ entry, failure }: { entry: Entry; failure: Failure }) {
  const { t } = useTranslation();
  const session = useSession();
  const sentence = useFailureSentence();
  const widen = useWidening();
  const whoSees = useWhoSees();
  const status = useTierStatus(entry.ask.tier ?? "local");
  const facts = failure.facts ?? {};
  const reach = wantedOf(facts);
  return (
    <section className="consent" role="alert">
      <h3>{sentence(failure)}</h3>
      <p>{whoSees(status)}</p>
      <div className="button-row">
        <Button size="xs" onClick={() => session.runLocally(entry.id)}>
          {t("suggest.useLocal")}
        </Button>
        {facts["what"] === "collections" && (
          <Button size="xs" variant="default" onClick={() => session.goWithout(entry.id)}>
            {t("suggest.goWithout")}
          </Button>
        )}
        {reach !== null && (
          <Button
            size="xs"
            variant="default"
            onClick={() => void widen(idsOf(facts), reach).then(() => session.again(entry.id, false))}
          >
            {t("suggest.widen", {
              names: `“${String(facts["collection"])}”`,
              place: t(`reachPlaces.${reach}`),
            })}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Asked before passages of this conversation go further than they have been. */
function ConsentQuestion({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const session = useSession();
  const host = useTierStatus(entry.ask.tier ?? "local")?.host ?? null;
  return (
    <section className="consent" role="alert">
      <h3>{t("suggest.askedTitle", { host: host ?? "" })}</h3>
      <p>{t("suggest.askedText")}</p>
      <div className="button-row">
        <Button size="xs" onClick={() => session.runLocally(entry.id)}>
          {t("suggest.useLocal")}
        </Button>
        {host !== null && (
          <Button size="xs" variant="default" onClick={() => session.consent(entry.id, host)}>
            {t("suggest.askedSend", { host })}
          </Button>
        )}
      </div>
    </section>
  );
}
