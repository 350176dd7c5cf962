import type { Intent } from "../../../core/contract/suggest.ts";

/** What an intent needs from the composer. */
export interface IntentForm {
  /** Whether text to work on is asked for. */
  readonly pasted: "none" | "optional" | "required";
  /** True when the request itself may stay empty: the catalogue has a sentence for it. */
  readonly requestOptional: boolean;
}

export const intentForms: Record<Intent, IntentForm> = {
  answer: { pasted: "none", requestOptional: false },
  draft: { pasted: "none", requestOptional: false },
  rewrite: { pasted: "required", requestOptional: true },
  summarise: { pasted: "optional", requestOptional: true },
  reply: { pasted: "required", requestOptional: true },
  continue: { pasted: "required", requestOptional: true },
};

/** True when the composer holds enough to send. */
export function canSend(intent: Intent, text: string, pasted: string): boolean {
  const form = intentForms[intent];
  const hasText = text.trim() !== "";
  const hasPasted = pasted.trim() !== "";
  if (form.pasted === "required" && !hasPasted) return false;
  return hasText || (form.requestOptional && hasPasted);
}
