import { Button, FileButton, NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { authSchemes, type ProviderConfig } from "../../../core/contract/providers.ts";
import { showFailure } from "../../ui/messages.ts";
import { KeptSecret } from "./kept-secret.tsx";
import type { ProviderFields, StoredSecret } from "./provider-fields.ts";

interface AdvancedFieldsProps {
  readonly fields: ProviderFields;
  /** What is stored and kept; null: nothing is. */
  readonly before: ProviderConfig | null;
  readonly headersFault: string | undefined;
  readonly onChange: (part: Partial<ProviderFields>) => void;
}

/** How the key is sent, headers, certificates, limits: folded away until a server needs them. */
export function AdvancedFields({ fields, before, headersFault, onChange }: AdvancedFieldsProps) {
  const { t } = useTranslation();
  const kept = before?.headerNames ?? [];
  const keptSecret = (name: StoredSecret, label: string) => (
    <KeptSecret key={name} name={name} label={label} cleared={fields.cleared} onChange={onChange} />
  );
  return (
    <details className="advanced-fields" open={headersFault !== undefined || undefined}>
      <summary>{t("providers.more2")}</summary>
      <div className="provider-form">
        <Switch
          label={t("providers.thinking")}
          description={t("providers.thinkingText")}
          checked={fields.thinking}
          onChange={(event) => onChange({ thinking: event.currentTarget.checked })}
        />
        <div className="form-pair">
          {fields.thinking && (
            <Limit
              label={t("providers.thinkingBudget")}
              value={fields.thinkingBudget}
              onChange={(thinkingBudget) => onChange({ thinkingBudget })}
            />
          )}
          <Limit
            label={t("providers.inputLimit")}
            value={fields.inputLimit}
            onChange={(inputLimit) => onChange({ inputLimit })}
          />
          <Limit
            label={t("providers.outputLimit")}
            value={fields.outputLimit}
            onChange={(outputLimit) => onChange({ outputLimit })}
          />
        </div>
        <Switch
          label={t("providers.skipListing")}
          description={t("providers.skipListingText")}
          checked={fields.skipListing}
          onChange={(event) => onChange({ skipListing: event.currentTarget.checked })}
        />
        <div className="form-pair">
          <Select
            label={t("providers.auth")}
            value={fields.auth}
            data={authSchemes.map((value) => ({ value, label: t(`providers.authSchemes.${value}`) }))}
            onChange={(auth) => auth && onChange({ auth })}
          />
          {fields.auth === "header" && (
            <TextInput
              label={t("providers.authHeader")}
              value={fields.authHeader}
              onChange={(event) => onChange({ authHeader: event.currentTarget.value })}
            />
          )}
        </div>
        <Textarea
          label={t("providers.headers")}
          description={
            kept.length > 0
              ? t("providers.headersKept", { names: kept.join(", ") })
              : t("providers.headersText")
          }
          inputWrapperOrder={["label", "input", "description", "error"]}
          autosize
          minRows={1}
          maxRows={5}
          value={fields.headers}
          error={headersFault}
          onChange={(event) => onChange({ headers: event.currentTarget.value })}
        />
        {kept.map((name) => keptSecret(`header ${name}`, name))}
        <Pem
          label={t("providers.authority")}
          isKept={before?.hasCertificateAuthority ?? false}
          value={fields.authority}
          onChange={(authority) => onChange({ authority })}
        />
        {before?.hasCertificateAuthority && keptSecret("authority", t("providers.authority"))}
        <Pem
          label={t("providers.certificate")}
          isKept={before?.hasClientCertificate ?? false}
          value={fields.certificate}
          onChange={(certificate) => onChange({ certificate })}
        />
        <Pem
          label={t("providers.certificateKey")}
          isKept={before?.hasClientCertificate ?? false}
          value={fields.certificateKey}
          onChange={(certificateKey) => onChange({ certificateKey })}
        />
        {before?.hasClientCertificate && keptSecret("certificate", t("providers.certificate"))}
      </div>
    </details>
  );
}

interface LimitProps {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Limit({ label, value, onChange }: LimitProps) {
  const { t } = useTranslation();
  return (
    <NumberInput
      label={label}
      placeholder={t("providers.usual")}
      value={value ?? ""}
      min={1}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      onChange={(next) => onChange(typeof next === "number" && next >= 1 ? next : null)}
    />
  );
}

interface PemProps {
  readonly label: string;
  readonly isKept: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const largestPem = 200_000;

/** A PEM text, pasted or from a file. */
function Pem({ label, isKept, value, onChange }: PemProps) {
  const { t } = useTranslation();
  const read = (file: File | null) => {
    if (!file) return;
    file.slice(0, largestPem).text().then(onChange, showFailure);
  };
  return (
    <div className="pem">
      <Textarea
        label={label}
        placeholder={isKept ? t("providers.pemKept") : "-----BEGIN …"}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={largestPem}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <FileButton accept=".pem,.crt,.cer,.key,.txt" onChange={read}>
        {(props) => (
          <Button
            {...props}
            size="sm"
            variant="default"
            aria-label={t("providers.pemFileFor", { what: label })}
          >
            {t("providers.pemFile")}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
