import { createHash } from "node:crypto";
import type { FineTuneExample, FineTuneReview } from "../contract/fine-tune.ts";
import type { SavedSuggestion } from "../contract/memory.ts";
import { reachOfText, type CollectionReach } from "../contract/provenance.ts";
import { reachAllows } from "../contract/tiers.ts";
import {
  reviewExamples,
  trainable,
  trainingMessages,
  trainingSystem,
  type Pair,
} from "../providers/fine-tune/training-lines.ts";
import { countPrompt, type CountTokens } from "../providers/tokens/count-tokens.ts";
import type { Envelope, Protected } from "../safety/envelope/envelope.ts";
import type { Part } from "../safety/envelope/outgoing.ts";
import type { GateContext } from "../safety/gate/gate.ts";
import type { TierStore } from "./tier-store.ts";
import type { CountingFor } from "./token-counting.ts";

/** The examples that may leave, masked, and those that may not. */
export interface TrainingReview extends FineTuneReview {
  readonly examples: FineTuneExample[];
  readonly protectedParts: Protected;
}

export interface TrainingReviewOptions {
  readonly store: TierStore;
  readonly envelope: Pick<Envelope, "protect" | "maskedKinds">;
  readonly collections: (signal: AbortSignal) => Promise<readonly CollectionReach[]>;
  readonly countingFor: CountingFor;
}

/** Hosted tuning happens on somebody else's machines. */
const reach = "cloud";

/**
 * Looks through accepted suggestions for what may be trained on. One that was written from a collection that may not
 * travel to the cloud, or from nobody knows what, is left out and named.
 */
export function makeTrainingReview({
  store,
  envelope,
  collections,
  countingFor,
}: TrainingReviewOptions): (
  context: GateContext,
  origin: string | null,
  signal: AbortSignal,
) => Promise<TrainingReview> {
  const countOnce = makeExampleCount();
  return async (context, origin, signal) => {
    const { count } = await countingFor({ vendor: "qwen", model: "qwen3-8b" });
    const accepted = trainable(await store.request("tiers.accepted", undefined, signal));
    const known = await collections(signal);
    const mayLeave = (one: SavedSuggestion) => reachAllows(reachOfText(one, known), reach);
    const open = accepted.filter(mayLeave);
    const protectedParts = await envelope.protect(
      {
        ...context,
        reach,
        origin,
        parts: open.flatMap((one) => partsOf(one)),
        verdict: { state: "not-moderated" },
        conversation: null,
        spend: null,
      },
      signal,
    );
    const clean = open.map(({ id }, at) => {
      const [request, answer] = [protectedParts.texts[2 * at], protectedParts.texts[2 * at + 1]];
      if (!request || !answer) throw new Error("masking gave fewer texts than it was given");
      const masked = [request, answer]
        .flatMap(({ values }) => Object.values(values))
        .reduce((sum, number) => sum + number, 0);
      return {
        id,
        request: request.text,
        answer: answer.text,
        masked: envelope.maskedKinds.length === 0 ? null : masked,
      };
    });
    return {
      examples: await reviewExamples(clean, (example) => countOnce(example, count)),
      leftOut: accepted
        .filter((one) => !open.includes(one))
        .map((one) => ({ id: one.id, request: one.request, collections: keepersOf(one, known) })),
      protectedParts,
    };
  };
}

/** Examples whose count is kept. */
const mostKept = 50_000;

/** Counts an example once, however often it is looked through: each step of the screen asks for all of them. */
function makeExampleCount(): (example: Pair, count: CountTokens) => Promise<number> {
  /** By a hash of the words: no text is kept in memory for it. */
  const kept = new Map<string, number>();
  return async (example, count) => {
    const messages = trainingMessages(example, trainingSystem);
    const key = createHash("sha256").update(JSON.stringify(messages)).digest("base64");
    const known = kept.get(key);
    if (known !== undefined) return known;
    const tokens = await countPrompt(messages, count);
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, tokens);
    return tokens;
  };
}

/** The request and the answer, in this order; both say what the sources said. */
function partsOf(suggestion: SavedSuggestion): Part[] {
  const provenance = { collections: suggestion.collections, reach: suggestion.reach };
  return [suggestion.request, suggestion.text].map((text) => ({ kind: "training", text, provenance }));
}

function keepersOf({ collections: from }: SavedSuggestion, known: readonly CollectionReach[]): string[] {
  return known
    .filter(({ id, reach: allowed }) => from.includes(id) && !reachAllows(allowed, reach))
    .map(({ name }) => name);
}
