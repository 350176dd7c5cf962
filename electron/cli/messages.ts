import type { ErrorCode, Failure } from "../../core/contract/errors.ts";
import type { SuggestNotice } from "../../core/contract/suggest.ts";
import type { Reach } from "../../core/contract/tiers.ts";

/** What went wrong and what to do, one sentence or two per code. `{fact}` is filled from the failure's facts. */
export const messages: Readonly<Record<ErrorCode, string>> = {
  cancelled: "Stopped.",
  "bad-request": "That cannot be done as asked. {reason}",
  "not-found": "There is no such thing in this library. {collection}",
  "not-allowed": "That is not allowed here.",
  internal: "Qwill ran into a fault of its own. Nothing that was stored is lost.",
  "timed-out": "It took too long and was given up.",
  "worker-restarted": "A part of Qwill had to be started again. Please try once more.",
  "vault-locked":
    "This library is protected in another way than with a key file ({kinds}). Open it with the application, or use another --data-dir.",
  "vault-needs-key":
    "A key is needed: libraries are always encrypted. Make one with `qwill key new FILE`, then give it with `--key-file FILE` or in QWILL_KEY_FILE.",
  "vault-damaged":
    "The library cannot be opened: its key or its database is damaged. Nothing was changed; put a copy back, or use another --data-dir.",
  "vault-from-newer-version":
    "This library was written by a newer Qwill. Use that version; nothing was changed.",
  "vault-in-use": "This library is open in another Qwill. Close it there, then try again.",
  "key-file-invalid": "{path} is not a Qwill key file, or a letter of it was changed.",
  "key-file-wrong": "This is not the key of this library.",
  "disk-full":
    "The disk is full. Nothing that was stored is lost; make room, then run the same command again.",
  "file-missing": "There is no file at this path. {path}",
  "file-unreadable": "This cannot be read: it is locked, or you lack the right to read it. {path}",
  "file-too-large": "The file is larger than Qwill reads.",
  "file-encrypted": "The file is protected with a password.",
  "file-damaged": "The file is damaged.",
  "file-format-unknown": "Qwill does not know this kind of file.",
  "file-format-mismatch": "The file is not what its name says.",
  "file-empty": "There is no text in the file.",
  "file-is-picture": "The pages of this file are pictures without text.",
  "file-limits-exceeded": "The file unpacks to more than is safe to read.",
  "reader-timed-out": "Reading the file took too long and was given up.",
  "reader-out-of-memory": "Reading the file took too much memory and was given up.",
  "reader-crashed": "The reader gave up on this file.",
  "model-missing":
    "The embedding model {model} is not there. Run `npm run setup`, or leave vectors for later with --words-only (search with --mode words).",
  "model-damaged": "The files of the model {model} are damaged. Run `npm run setup` to fetch them again.",
  "model-not-supported": "Qwill does not know the model {model}.",
  "model-import-invalid": "These files are not a model that Qwill can run.",
  "memory-too-small": "This machine has too little memory for that model.",
  offline: "No connection. Nothing was sent.",
  "provider-not-configured": "This tier has no provider yet.",
  "provider-auth": "The provider does not accept the key.",
  "provider-permission": "The provider does not allow this with that key.",
  "provider-billing": "The provider's account has no credit left.",
  "provider-rate-limited": "The provider asks to wait before trying again.",
  "provider-context-overflow": "The request is too long for this model.",
  "provider-moderated": "The provider refused the request for what it says.",
  "provider-loading": "The model is still being loaded. Try again in a moment.",
  "provider-bad-request": "The provider did not understand the request.",
  "provider-server": "The provider has a fault on its side.",
  "provider-network": "The connection to the provider failed.",
  "provider-certificate": "The provider's certificate cannot be trusted. Nothing was sent.",
  "provider-interrupted": "The reply broke off; what came is kept.",
  "provider-timed-out": "The provider did not answer in time.",
  "egress-refused": "Qwill does not send anything there. Nothing was sent.",
  "reach-not-allowed":
    "What this request draws on may not travel that far: {collection}. Nothing was sent. To allow it: `qwill collection reach NAME {wanted}`; whoever serves the tier then sees the passages found. To send the request without it: --without-held-back.",
  "reach-needs-consent":
    "This conversation holds passages of your documents; sending them further needs your consent.",
  "review-declined": "You looked at what would be sent and declined. Nothing was sent.",
  "budget-exceeded": "The budget for this month is used up. Nothing was sent.",
  "price-unknown":
    "No price is known for {model}, so the stop of the budget lets nothing through. Nothing was sent. Enter one: qwill provider price {provider} --input AMOUNT --output AMOUNT --currency CURRENCY (per million tokens).",
  "rate-unknown":
    "The budget is in {budget}, and nothing says what {currency} is worth in it. Nothing was sent. State it: qwill costs --rate {currency}=AMOUNT",
  "settings-unreadable":
    "The stored setting {key} is damaged or of a newer Qwill, so nothing that costs money is sent. Set it anew: qwill costs --stop-at AMOUNT (or none).",
};

const notices: Readonly<Record<SuggestNotice, string>> = {
  "nothing-found": "Your documents hold nothing on this.",
  "counts-whole-library":
    "This counts over the whole library, which a handful of passages cannot answer: do not rely on a number.",
  "vectors-missing": "Some passages have no vectors yet and were found by their words alone.",
  "language-by-words":
    "The embedding model does not know the language of this question: its words carried the ranking.",
  "no-embedding-model": "There is no embedding model: found by words alone.",
  "quotes-only": "No language model is chosen (--model): the suggestion is composed of quotes.",
  "not-moderated": "Not checked by moderation, which is not part of this version.",
  "prompt-shortened": "The request was too long for the model: the weakest passages were left out.",
  "server-shortened-prompt":
    "The server seems to have cut the request: the suggestion may miss a part of it.",
  "answer-cut":
    "The server wrote on far past what was asked for and was hung up on; what came until then is kept.",
  "conversation-shortened": "The conversation was too long for the model: its oldest turns were left out.",
};

/** The sentence for something to know about a search or a suggestion. */
export function noticeOf(notice: SuggestNotice): string {
  return notices[notice];
}

/** A collection that was not searched, and how to widen it. */
export const leftOutNote = (name: string, reach: Reach): string =>
  `Not searched, since it may go only as far as ${reach}: ${name}. To allow more: \`qwill collection reach "${name}" REACH\`.`;

/** How many private values were replaced before sending. */
export const maskedNote = (counts: Readonly<Record<string, number>>): string =>
  `Masked before sending: ${Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ")}.`;

export const reviewNote = (host: string, texts: readonly string[]): string =>
  `To be sent to ${host}:\n${texts.join("\n")}`;

export const moderationNote = (
  type: "moderation-warned" | "moderation-blocked",
  categories: readonly string[],
): string => `Moderation ${type === "moderation-warned" ? "warns" : "stopped it"}: ${categories.join(", ")}.`;

export const retractedNote = "What was shown of it is taken back.";

/** Closer sentences, by code and reason. */
const details: ReadonlyMap<string, string> = new Map([
  [
    "provider-network closed-unanswered",
    "The server closed the connection without an answer. If it asks for a client certificate, give one: --cert and --cert-key.",
  ],
  [
    "provider-certificate client-certificate",
    "The server asks for a client certificate that it trusts, and gave no answer. Give one: --cert and --cert-key.",
  ],
]);

/** The sentence for a failure. */
export function sentenceOf(failure: Failure): string {
  const facts = failure.facts ?? {};
  return (details.get(`${failure.code} ${facts["reason"]}`) ?? messages[failure.code])
    .replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(facts[name] ?? ""))
    .replaceAll(" ()", "")
    .replaceAll(/ {2,}/gu, " ")
    .trim();
}
