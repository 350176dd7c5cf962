import { toFailure, type Failure } from "../../core/contract/errors.ts";
import { makeObservable } from "./observable.ts";

/** Catalogue keys of the sentences that may stand at the foot of the window. */
export type MessageKey =
  | "messages.workerRestarted"
  | "messages.copied"
  | "messages.nothingAdded"
  | "messages.remembered"
  | "messages.forgotten"
  | "messages.providerSaved"
  | "messages.providerRemoved"
  | "messages.budgetSaved"
  | "messages.priceSaved"
  | "messages.ledgerCopied"
  | "messages.tuneExported"
  | "messages.tuneStarted"
  | "messages.tuneUsed"
  | "messages.reachWidened";

export type Message =
  | { readonly number: number; readonly kind: "message"; readonly key: MessageKey }
  | { readonly number: number; readonly kind: "failure"; readonly failure: Failure };

/** What stands at the foot of the window now, oldest first. */
export const messages = makeObservable<readonly Message[]>([]);

let count = 0;
const shownAtOnce = 3;

function show(message: Message): void {
  messages.set((list) => [...list, message].slice(-shownAtOnce));
}

export function showMessage(key: MessageKey): void {
  count += 1;
  show({ number: count, kind: "message", key });
}

/** Shows the sentence of a failure; what is not an AppError reads as `internal`. */
export function showFailure(error: unknown): void {
  count += 1;
  show({ number: count, kind: "failure", failure: toFailure(error) });
}

export function dismissMessage(number: number): void {
  messages.set((list) => list.filter((message) => message.number !== number));
}
