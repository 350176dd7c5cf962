import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProviderFields, StoredSecret } from "./provider-fields.ts";

interface KeptSecretProps {
  readonly name: StoredSecret;
  /** What a person calls it. */
  readonly label: string;
  readonly cleared: readonly StoredSecret[];
  readonly onChange: (part: Pick<ProviderFields, "cleared">) => void;
}

/** A secret that is stored: it can be taken away, and stays until the form is saved. */
export function KeptSecret({ name, label, cleared, onChange }: KeptSecretProps) {
  const { t } = useTranslation();
  const isCleared = cleared.includes(name);
  return (
    <div className="kept-secret">
      <span className="small" aria-live="polite">
        {t(isCleared ? "providers.secretGoes" : "providers.secretStored", { what: label })}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t(isCleared ? "providers.secretKeepOne" : "providers.secretRemoveOne", { what: label })}
        onClick={() =>
          onChange({ cleared: isCleared ? cleared.filter((one) => one !== name) : [...cleared, name] })
        }
      >
        {t(isCleared ? "providers.secretKeep" : "providers.remove")}
      </Button>
    </div>
  );
}
