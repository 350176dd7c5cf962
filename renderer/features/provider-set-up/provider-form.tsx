import { Autocomplete, Button, PasswordInput, Select, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { VendorCard } from "../../../core/contract/tier-routes.ts";
import type { ProviderConfig, TierChoices, Vendor } from "../../../core/contract/providers.ts";
import { DataLines } from "../../app/data-lines.tsx";
import { showMessage } from "../../ui/messages.ts";
import { AdvancedFields } from "./advanced-fields.tsx";
import { checkFields, goesElsewhere, isPlanKey } from "./check-fields.ts";
import { ConnectionResult } from "./connection-result.tsx";
import { KeptSecret } from "./kept-secret.tsx";
import { draftOf, fieldsOf, newFields, type ProviderFields } from "./provider-fields.ts";
import { RegionFields } from "./region-fields.tsx";
import { chosenTiers, isInCloud } from "./tier-names.ts";
import { useSaveProvider } from "./use-providers.ts";

interface ProviderFormProps {
  readonly before: ProviderConfig | null;
  readonly vendors: readonly VendorCard[];
  readonly taken: readonly string[];
  readonly preferred: Vendor;
  readonly onClose: () => void;
}

/** The form of one provider. What was typed as a secret is forgotten as soon as it is saved. */
export function ProviderForm({ before: given, vendors, taken, preferred, onClose }: ProviderFormProps) {
  const { t } = useTranslation();
  const [before, setBefore] = useState(given);
  const cardOf = (vendor: Vendor) => {
    const card = vendors.find((one) => one.vendor === vendor) ?? vendors[0];
    if (!card) throw new Error("main names no vendor");
    return card;
  };
  const [fields, setFields] = useState<ProviderFields>(() =>
    given ? fieldsOf(given) : newFields(cardOf(preferred), taken),
  );
  const [tier, setTier] = useState<keyof TierChoices | null>(null);
  const [isTried, setTried] = useState(false);
  const save = useSaveProvider();
  const card = cardOf(fields.vendor);
  const faults = checkFields(fields, card, before, taken);
  const change = (part: Partial<ProviderFields>) => setFields((old) => ({ ...old, ...part }));
  const fault = (field: keyof typeof faults) => {
    const key = faults[field];
    return isTried && key ? t(`providers.${key}`) : undefined;
  };
  const isMoving = before !== null && goesElsewhere(fields, before);

  const submit = (andTest: boolean) => (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    // A test may come before the model is known: it brings the list to choose from.
    const standing = Object.keys(faults).filter((field) => !andTest || field !== "model");
    if (standing.length > 0 || save.isPending) return;
    save.mutate(
      { draft: draftOf(fields, card, before), tier, andTest },
      {
        onSuccess: ({ config }) => {
          setBefore(config);
          setFields(fieldsOf(config));
          setTried(config.model === "");
          if (andTest) return;
          showMessage("messages.providerSaved");
          onClose();
        },
      },
    );
  };
  const test = save.data?.test;
  const models = test && test.models.length > 0 ? test.models : card.shippedModels;
  return (
    <form className="provider-form" onSubmit={submit(true)} noValidate>
      <div className="form-pair">
        <Select
          label={t("providers.vendor")}
          data-autofocus
          disabled={before !== null}
          value={fields.vendor}
          data={vendors.map(({ vendor, name }) => ({ value: vendor, label: name }))}
          onChange={(vendor) => vendor && setFields(newFields(cardOf(vendor), taken))}
        />
        <TextInput
          label={t("providers.name")}
          description={before === null ? t("providers.nameText") : undefined}
          inputWrapperOrder={["label", "input", "description", "error"]}
          disabled={before !== null}
          value={fields.name}
          error={fault("name")}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </div>
      {card.regions.length > 0 ? (
        <RegionFields card={card} fields={fields} fault={fault("workspace")} onChange={change} />
      ) : (
        <TextInput
          label={t("providers.baseUrl")}
          description={t("providers.baseUrlText")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          placeholder={card.usualBaseUrl ?? "https://"}
          value={fields.baseUrl}
          error={fault("baseUrl")}
          onChange={(event) => change({ baseUrl: event.currentTarget.value })}
        />
      )}
      {isMoving && <p className="notice">{t("providers.placeChanges")}</p>}
      <PasswordInput
        label={t("providers.key")}
        description={t(before?.hasApiKey && !isMoving ? "providers.keyKept" : "providers.keyText")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        autoComplete="off"
        value={fields.apiKey}
        error={fault("apiKey")}
        visibilityToggleButtonProps={{ "aria-label": t("providers.keySeen") }}
        onChange={(event) => change({ apiKey: event.currentTarget.value })}
      />
      {isPlanKey(fields, card) && (
        <p className="notice" data-kind="warning" role="status">
          {t("providers.planKey")}
        </p>
      )}
      {before?.hasApiKey && !isMoving && (
        <KeptSecret name="apiKey" label={t("providers.key")} cleared={fields.cleared} onChange={change} />
      )}
      <div className="form-pair">
        <Autocomplete
          label={t("providers.model")}
          description={t("providers.modelText")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={fields.model}
          data={[...new Set(models)]}
          limit={200}
          maxDropdownHeight={240}
          error={fault("model")}
          onChange={(model) => change({ model })}
        />
        <Select
          label={t("providers.useFor")}
          value={tier ?? ""}
          data={[
            { value: "" as const, label: t("providers.useForNone") },
            ...chosenTiers
              .filter((one) => one !== "private" || !isInCloud(fields))
              .map((value) => ({ value, label: t(`tierNames.${value}`) })),
          ]}
          onChange={(value) => setTier(value ? value : null)}
        />
      </div>
      <AdvancedFields
        fields={fields}
        before={isMoving ? null : before}
        headersFault={fault("headers")}
        onChange={change}
      />
      <section className="data-card" aria-label={t("providers.dataCard")}>
        <strong className="small">{t("providers.dataCard")}</strong>
        <DataLines provider={{ vendor: fields.vendor, region: fields.region, scope: fields.scope }} />
      </section>
      {test && <ConnectionResult test={test} model={save.data?.config.model ?? ""} />}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onClose}>
          {t(test ? "providers.done" : "common.cancel")}
        </Button>
        <Button variant="default" disabled={save.isPending} onClick={() => submit(false)()}>
          {t("providers.save")}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t("providers.saveAndTest")}
        </Button>
      </div>
    </form>
  );
}
