import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { VendorCard } from "../../../core/contract/tier-routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { isScope } from "../../ui/known-words.ts";
import { regionOf, type ProviderFields } from "./provider-fields.ts";

interface RegionFieldsProps {
  readonly card: VendorCard;
  readonly fields: ProviderFields;
  readonly fault: string | undefined;
  readonly onChange: (part: Partial<ProviderFields>) => void;
}

/** Region, scope and workspace of hosted Qwen: where data rests is not where inference runs. */
export function RegionFields({ card, fields, fault, onChange }: RegionFieldsProps) {
  const { t } = useTranslation();
  const row = card.regions.find(({ region }) => region === fields.region);
  const scopes = row?.inference ?? [];
  const isAnywhere = fields.scope === "global" || fields.scope === "international";
  return (
    <>
      <div className="form-pair">
        <Select
          label={t("providers.regionRests")}
          value={fields.region}
          data={card.regions.flatMap(({ region }) => {
            const known = regionOf(region);
            return known ? [{ value: known, label: t(`regions.${known}`) }] : [];
          })}
          onChange={(next) => {
            const region = regionOf(next ?? undefined);
            const scope = card.regions.find((one) => one.region === region)?.inference[0];
            if (region) onChange({ region, scope: scope ?? "" });
          }}
        />
        <Select
          label={t("providers.regionRuns")}
          value={fields.scope}
          disabled={scopes.length < 2}
          data={scopes.map((scope) => ({
            value: scope,
            label: isScope(scope) ? t(`scopes.${scope}`) : scope,
          }))}
          onChange={(scope) => scope && onChange({ scope })}
        />
      </div>
      <p className="notice" data-kind={isAnywhere ? "warning" : undefined}>
        <Icon name={isAnywhere ? "alert" : "info"} />
        <span>{t(isAnywhere ? "providers.scopeAnywhere" : "providers.scopeStays")}</span>
      </p>
      <TextInput
        label={t("providers.workspace")}
        description={t("providers.workspaceText")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        required={row?.needsWorkspace ?? false}
        value={fields.workspace}
        error={fault}
        onChange={(event) => onChange({ workspace: event.currentTarget.value })}
      />
    </>
  );
}
