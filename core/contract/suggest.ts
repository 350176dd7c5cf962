import { z } from "zod";
import { id, place, range } from "./documents.ts";
import { failure } from "./errors.ts";
import { MOST_COPIES, searchCopy } from "./search.ts";
import { reach, tier, tiers } from "./tiers.ts";

export const intents = ["answer", "draft", "rewrite", "summarise", "reply", "continue"] as const;
export const intent = z.enum(intents);
export type Intent = z.infer<typeof intent>;

export const tones = ["plain", "friendly", "formal", "direct"] as const;
export const lengths = ["short", "medium", "long"] as const;

/** One request for a suggestion, the same whichever provider serves it. */
export const suggestRequest = z.strictObject({
  /** Chosen by the caller, unique per request: ties events, ledger and usage together. */
  id: z.string().min(1).max(64),
  intent: z.enum(intents).default("answer"),
  /** What the person asks or wants written. */
  text: z.string().min(1).max(20_000),
  /** Text the person pasted to work on (rewrite, reply, summarise, continue). */
  pasted: z.string().max(200_000).optional(),
  /** Collection ids to draw on; empty means all. */
  collections: z.array(id).default([]),
  tier: z.enum(tiers).default("local"),
  tone: z.enum(tones).default("plain"),
  length: z.enum(lengths).default("medium"),
  /** Earlier turns of this conversation, oldest first, by the id of the request that brought the answer. */
  turns: z
    .array(z.strictObject({ id: z.string().max(64), request: z.string(), answer: z.string() }))
    .max(50)
    .default([]),
  /**
   * Given by the person after "this conversation holds passages": it may now travel further than it has been. It
   * lifts no collection's reach.
   */
  reachConsent: z.boolean().default(false),
  /** Given by the person after "nothing you chose may travel that far": go on without those collections. */
  withoutHeldBack: z.boolean().default(false),
});
export type SuggestRequest = z.infer<typeof suggestRequest>;
export type SuggestRequestInput = z.input<typeof suggestRequest>;

/** A passage offered to the engine and shown beside the suggestion; `number` is what citations say. */
export const source = z.strictObject({
  number: z.number().int().positive(),
  documentId: id,
  collectionId: id,
  passageIds: z.array(id).min(1),
  title: z.string(),
  path: z.string(),
  place,
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
  score: z.number(),
  matches: z.array(range),
  /** Where the same text stands too; the engine is given it once. */
  copies: z.array(searchCopy).max(MOST_COPIES),
});
export type Source = z.infer<typeof source>;

/**
 * A citation in the text, checked against its source. `exact`: the quoted words stand there letter for letter,
 * what an ellipsis leaves out within one sentence and without a "not". `supported`: no quotation, but a sentence
 * there says it with the same words in the same order. `near`: its words stand there, but apart, in another
 * order or with another "not" or "more": whether it says the same is for the reader. `not-found`: none of these.
 */
export const citation = z.strictObject({
  sourceNumber: z.number().int().positive(),
  /** The cited sentence or quotation, as a range of the suggestion's text. */
  at: range,
  /** The mark itself, `[1]` with its brackets, as a range of the suggestion's text; one mark may cite several sources. */
  mark: range,
  state: z.enum(["exact", "supported", "near", "not-found"]),
  /** Where in the document the quoted, supporting or near words stand; null when not found. */
  quote: z.strictObject({ start: z.number(), end: z.number(), text: z.string() }).nullable(),
});
export type Citation = z.infer<typeof citation>;

export const usage = z.strictObject({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  reasoningTokens: z.number().int().nonnegative().default(0),
  cachedInputTokens: z.number().int().nonnegative().default(0),
  /** True when counted by us, since the server reported none (or the stream was cut). */
  estimated: z.boolean(),
});
export type Usage = z.infer<typeof usage>;

export const cost = z.strictObject({
  amount: z.number(),
  currency: z.enum(["CNY", "USD", "EUR"]),
  estimated: z.boolean(),
});
export type Cost = z.infer<typeof cost>;

export const suggestNotices = [
  "nothing-found",
  /** It counts or sums over the whole library, which a handful of passages cannot answer. */
  "counts-whole-library",
  "vectors-missing",
  "language-by-words",
  "no-embedding-model",
  /** No language model is installed: the suggestion is composed of quotes. */
  "quotes-only",
  /** Moderation did not run on this suggestion (it comes with its own component). */
  "not-moderated",
  "prompt-shortened",
  "server-shortened-prompt",
  "conversation-shortened",
  /** The server wrote on without end: what came until it was hung up on is kept. */
  "answer-cut",
] as const;
export const suggestNotice = z.enum(suggestNotices);
export type SuggestNotice = z.infer<typeof suggestNotice>;

/** `declined`: the person looked at what would be sent, and did not send it. */
export const finishReasons = ["stop", "length", "cancelled", "moderated", "declined"] as const;

/** What moderation looked at. */
export const moderatedTexts = ["request", "answer", "thoughts"] as const;
const moderatedText = z.enum(moderatedTexts);
const categories = z.array(z.string());

/** Events of one suggestion, in order; the last one, and only it, is suggest-end or suggest-error. */
export const suggestEvent = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("suggest-start"),
    id: z.string(),
    tier,
    reach,
    provider: z.string(),
    model: z.string(),
    /** `quotes`: composed of passages, no language model. `model`: written by one. */
    engine: z.enum(["quotes", "model"]),
  }),
  z.strictObject({ type: z.literal("source-found"), source }),
  z.strictObject({ type: z.literal("notice-given"), notice: suggestNotice }),
  /** Not searched, since their text may not travel as far as this tier. */
  z.strictObject({
    type: z.literal("collections-left-out"),
    collections: z.array(z.strictObject({ id, name: z.string(), reach })).min(1),
  }),
  /** How many private values were replaced before sending, by kind; they are back in what is shown. */
  z.strictObject({
    type: z.literal("values-masked"),
    counts: z.record(z.string(), z.number().int().positive()),
  }),
  /** Nothing goes on until the person has said whether exactly this may be sent. */
  z.strictObject({
    type: z.literal("review-waiting"),
    host: z.string(),
    texts: z.array(z.string()),
  }),
  z.strictObject({ type: z.literal("moderation-warned"), of: moderatedText, categories }),
  z.strictObject({ type: z.literal("moderation-blocked"), of: moderatedText, categories }),
  /** What was shown of this suggestion, thoughts too, is taken back. */
  z.strictObject({ type: z.literal("suggestion-retracted") }),
  z.strictObject({ type: z.literal("reasoning-delta"), text: z.string() }),
  z.strictObject({ type: z.literal("text-delta"), text: z.string() }),
  z.strictObject({ type: z.literal("citation-checked"), citation }),
  z.strictObject({ type: z.literal("usage-counted"), usage, cost: z.nullable(cost) }),
  z.strictObject({
    type: z.literal("suggest-end"),
    finish: z.enum(finishReasons),
    milliseconds: z.strictObject({
      retrieval: z.number(),
      firstToken: z.number().nullable(),
      total: z.number(),
    }),
  }),
  z.strictObject({
    type: z.literal("suggest-error"),
    failure,
    /** The tier to offer instead; a cloud tier never is. */
    offer: z.literal("local").nullable(),
  }),
]);
export type SuggestEvent = z.infer<typeof suggestEvent>;
