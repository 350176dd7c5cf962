import type { ErrorCode } from "../../../core/contract/errors.ts";

/** The screen where a failure can be put right. */
export type Remedy = "settings" | "costs" | "library";

const remedies: Partial<Readonly<Record<ErrorCode, Remedy>>> = {
  "provider-not-configured": "settings",
  "provider-auth": "settings",
  "provider-permission": "settings",
  "provider-bad-request": "settings",
  "provider-certificate": "settings",
  "provider-network": "settings",
  "model-missing": "settings",
  "budget-exceeded": "costs",
  "price-unknown": "costs",
  "rate-unknown": "costs",
  "settings-unreadable": "costs",
  "reach-not-allowed": "library",
};

/** Null where trying again, or another tier, is all there is. */
export function remedyOf(code: ErrorCode): Remedy | null {
  return remedies[code] ?? null;
}
