import { useTranslation } from "react-i18next";
import { toFailure, type Failure } from "../../core/contract/errors.ts";

/** The one place that turns a failure, or anything thrown, into the sentence a person reads. */
export function useFailureSentence(): (failure: unknown) => string {
  const { t } = useTranslation();
  return (failure) => {
    const { code, facts } = isFailure(failure) ? failure : toFailure(failure);
    return t(`errors.${code}`, { ...facts });
  };
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "code" in value && !(value instanceof Error);
}
