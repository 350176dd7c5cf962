import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FineTuneExample, FineTuneQuote } from "../../../core/contract/fine-tune.ts";
import type { ProviderConfig } from "../../../core/contract/providers.ts";
import { routeKey, useAction, useRoute } from "../../app/routes.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { formatCount, formatDay, formatMoney } from "../../ui/formatting.ts";
import { Icon } from "../../ui/icon.tsx";
import { showMessage } from "../../ui/messages.ts";

interface JobFormProps {
  readonly provider: ProviderConfig;
  readonly hosted: readonly ProviderConfig[];
  readonly kept: readonly FineTuneExample[];
  readonly onProvider: (name: string) => void;
}

/** What a job needs. It can be submitted once its cost was shown for exactly these choices. */
export function JobForm({ provider, hosted, kept, onProvider }: JobFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const card = useRoute("providers.vendors").data?.find(({ vendor }) => vendor === provider.vendor);
  const models = card?.tunableModels ?? [];
  const isExperimental =
    card?.regions.find(({ region }) => region === provider.region)?.tuning === "experimental";
  const [chosen, setModel] = useState<string | null>(null);
  const model = chosen ?? models[0] ?? "";
  const [epochs, setEpochs] = useState(3);
  const [name, setName] = useState("my-writing");
  const [isAsking, setAsking] = useState(false);
  const quote = useAction("fine-tune.quote");
  const start = useAction("fine-tune.start");
  const choice = { provider: provider.name, model, epochs, exampleIds: kept.map(({ id }) => id) };
  const isQuoted = quote.data !== undefined && JSON.stringify(quote.variables) === JSON.stringify(choice);
  const isNamed = /^[a-z0-9-]{1,40}$/.test(name);
  const submit = () => {
    // A second click on the closing dialog finds nothing to submit.
    if (!isQuoted || start.isPending) return;
    quote.reset();
    start.mutate(
      { ...choice, name },
      {
        onSuccess: () => {
          showMessage("messages.tuneStarted");
          void client.invalidateQueries({ queryKey: routeKey("fine-tune.jobs") });
        },
      },
    );
  };
  return (
    <section className="tune-part" aria-labelledby="tune-job">
      <h2 id="tune-job">{t("tune.job")}</h2>
      <div className="tune-fields">
        <Select
          label={t("tune.provider")}
          value={provider.name}
          data={hosted.map((config) => config.name)}
          onChange={(next) => next && onProvider(next)}
        />
        <Select label={t("tune.model")} value={model} data={models} onChange={setModel} />
        <NumberInput
          label={t("tune.epochs")}
          value={epochs}
          min={1}
          max={20}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={(next) => typeof next === "number" && next >= 1 && setEpochs(next)}
        />
        <TextInput
          label={t("tune.name")}
          value={name}
          error={isNamed ? undefined : t("tune.nameWrong")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
      {isExperimental && (
        <p className="notice" data-kind="warning">
          <Icon name="alert" />
          <span>{t("tune.experimental")}</span>
        </p>
      )}
      {isQuoted && <Quote quote={quote.data} />}
      <div className="button-row">
        <Button
          variant={isQuoted ? "default" : "filled"}
          disabled={model === ""}
          loading={quote.isPending}
          onClick={() => quote.mutate(choice)}
        >
          {t("tune.quote")}
        </Button>
        <Button
          variant={isQuoted ? "filled" : "default"}
          disabled={!isQuoted || !isNamed}
          loading={start.isPending}
          onClick={() => setAsking(true)}
        >
          {t("tune.submit")}
        </Button>
      </div>
      <ConfirmDialog
        opened={isAsking}
        title={t("tune.submitTitle", { count: kept.length, provider: provider.name })}
        text={t("tune.submitText")}
        confirm={t("tune.submit")}
        onClose={() => setAsking(false)}
        onConfirm={submit}
      />
    </section>
  );
}

function Quote({ quote }: { quote: FineTuneQuote }) {
  const { t, i18n } = useTranslation();
  const count = (value: number) => formatCount(value, i18n.language);
  return (
    <div className="tune-quote count" role="status">
      <strong>
        {t("tune.quotedCost", {
          cost: formatMoney(quote.cost.amount, quote.cost.currency, i18n.language),
          date: formatDay(quote.priceAsOf, i18n.language),
        })}
      </strong>
      <span className="quiet">
        {t("tune.quoted", {
          examples: count(quote.examples),
          tokens: count(quote.tokens),
          epochs: quote.epochs,
        })}
      </span>
    </div>
  );
}
