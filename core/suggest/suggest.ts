import { AppError, isCancel, toFailure } from "../contract/errors.ts";
import type { Source, SuggestEvent, SuggestRequest, Usage } from "../contract/suggest.ts";
import { nothingToRestore } from "../safety/sanitizer.ts";
import type { ServedModel, SuggestDependencies } from "./dependencies.ts";
import { approve } from "./stages/approve.ts";
import { provenanceOfAnswer } from "./stages/parts.ts";
import { prepare, type Prepared } from "./stages/prepare.ts";
import { reachOfServed } from "./stages/scope.ts";
import { send, type Sending } from "./stages/send.ts";

type Timing = { retrieval: number; firstToken: number | null };
type Finish = Extract<SuggestEvent, { type: "suggest-end" }>["finish"];

/**
 * One suggestion from request to last event, which is suggest-end or suggest-error and only once. A cancel
 * ends with finish "cancelled", a review that was declined with "declined". Leaving the iteration early aborts
 * everything under way.
 */
export async function* suggest(
  request: SuggestRequest,
  dependencies: SuggestDependencies,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent, void, undefined> {
  const started = dependencies.now();
  const timing: Timing = { retrieval: 0, firstToken: null };
  const left = new AbortController();
  const end = (finish: Finish): SuggestEvent => ({
    type: "suggest-end",
    finish,
    milliseconds: { ...timing, total: dependencies.now() - started },
  });
  try {
    const finish = yield* run(request, dependencies, timing, started, AbortSignal.any([signal, left.signal]));
    yield end(finish);
  } catch (error) {
    if (signal.aborted || isCancel(error)) {
      yield end("cancelled");
      return;
    }
    if (error instanceof AppError && error.code === "review-declined") {
      yield end("declined");
      return;
    }
    if (!(error instanceof AppError)) dependencies.onBug(error);
    yield {
      type: "suggest-error",
      failure: toFailure(error),
      offer: request.tier === "local" ? null : "local",
    };
  } finally {
    left.abort();
  }
}

/** The stages, in their order. */
async function* run(
  request: SuggestRequest,
  dependencies: SuggestDependencies,
  timing: Timing,
  started: number,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent, Finish, undefined> {
  signal.throwIfAborted();
  const served = await dependencies.serve(request.tier, signal);
  const searched = (milliseconds: number) => (timing.retrieval = milliseconds);
  const prepared = yield* prepare(request, served, dependencies, searched, signal);
  const { scoped, sources } = prepared;
  const what = { provenance: provenanceOfAnswer(scoped.turns, sources), been: reachOfServed(served) };
  const sending: Omit<Sending, "stream" | "estimate" | "makeRestorer"> = {
    sources,
    firstToken: () => (timing.firstToken ??= dependencies.now() - started),
    shown: (answer) => dependencies.turns.remember(request.id, answer, what),
  };
  if (!("prompt" in prepared))
    return yield* send({ ...sending, ...quoted(request, prepared, sources, signal) }, dependencies, signal);
  const approved = yield* approve(request, prepared, dependencies, signal);
  try {
    const stream: Sending["stream"] = (booked) =>
      prepared.served.provider.stream(approved.call, signal, booked);
    const { makeRestorer } = prepared.protectedParts;
    const estimate = ourCount(prepared.served, approved.call.messages);
    return yield* send({ ...sending, stream, makeRestorer, estimate }, dependencies, signal);
  } finally {
    approved.close();
  }
}

/** What the quoting engine makes of the passages themselves. */
function quoted(
  { text: question, intent, length, pasted = "" }: SuggestRequest,
  { served }: Exclude<Prepared, { prompt: unknown }>,
  sources: readonly Source[],
  signal: AbortSignal,
): Pick<Sending, "stream" | "estimate" | "makeRestorer"> {
  return {
    stream: () => served.quotes.quote({ sources, question, intent, length, pasted }, signal),
    estimate: null,
    makeRestorer: () => nothingToRestore,
  };
}

/** Usage as we count it, for a stream that told none. */
function ourCount(
  { countTokens }: ServedModel,
  messages: readonly { readonly content: string }[],
): Sending["estimate"] {
  return async (received, thoughts): Promise<Usage> => {
    const [written, thought, ...sent] = await Promise.all(
      [received, thoughts, ...messages.map(({ content }) => content)].map(async (text) => countTokens(text)),
    );
    const reasoningTokens = thought ?? 0;
    return {
      inputTokens: sent.reduce((sum, tokens) => sum + tokens, 0),
      outputTokens: (written ?? 0) + reasoningTokens,
      reasoningTokens,
      cachedInputTokens: 0,
      estimated: true,
    };
  };
}
