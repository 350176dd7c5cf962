import { AppError, isCancel, toFailure } from "../contract/errors.ts";
import type { Cost, SuggestEvent, SuggestRequest, Usage } from "../contract/suggest.ts";
import type { Message, ProviderCall } from "../providers/provider.ts";
import { nothingToRestore, type Restorer } from "../safety/sanitizer.ts";
import { makeCitationReader } from "./citations.ts";
import { countsWholeLibrary } from "./counting-question.ts";
import type { SuggestDependencies } from "./dependencies.ts";
import { findSources } from "./find-sources.ts";
import { fitPrompt } from "./fit-prompt.ts";
import { estimateTokens } from "./token-estimate.ts";

type Timing = { retrieval: number; firstToken: number | null };
type Finish = Extract<SuggestEvent, { type: "suggest-end" }>["finish"];

const TEMPERATURE = 0.3;

/**
 * One suggestion from request to last event, which is suggest-end or suggest-error and only once. A cancel
 * ends with finish "cancelled". Leaving the iteration early aborts everything under way.
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

async function* run(
  request: SuggestRequest,
  dependencies: SuggestDependencies,
  timing: Timing,
  started: number,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent, Finish, undefined> {
  signal.throwIfAborted();
  const served = await dependencies.serve(request.tier, signal);
  const { provider, model } = served;
  const { capabilities } = provider;
  const { reach, engine } = capabilities;

  // Moderation of the input, then the policy decision: a refusal ends here and nothing was sent.
  const verdict = await dependencies.moderator.checkInput(
    [request.text, request.pasted ?? ""].join("\n"),
    signal,
  );
  const collections = await drawnCollections(request, dependencies, signal);
  const decision = dependencies.decide({
    request,
    reach,
    collections,
    verdict,
    canSanitise: dependencies.sanitizer !== null,
    spend: served.spend ?? null,
  });
  if (decision.kind === "refuse") throw new AppError(decision.code, { facts: decision.facts });
  yield {
    type: "suggest-start",
    id: request.id,
    tier: request.tier,
    reach,
    provider: provider.id,
    model,
    engine,
  };
  if (verdict.state === "not-moderated") yield { type: "notice-given", notice: "not-moderated" };
  if (engine === "quotes") yield { type: "notice-given", notice: "quotes-only" };
  if (countsWholeLibrary(request.text)) yield { type: "notice-given", notice: "counts-whole-library" };

  const searched = dependencies.now();
  const found = await findSources(request, dependencies, signal);
  timing.retrieval = dependencies.now() - searched;
  signal.throwIfAborted();

  const countTokens = served.countTokens ?? estimateTokens;
  const prompt = fitPrompt(request, served, found.sources, dependencies.randomBytes());
  // The quoting engine reads passages, not a prompt: nothing is too long for it.
  const sources = engine === "quotes" ? found.sources : prompt.sources;
  for (const source of sources) yield { type: "source-found", source };
  for (const notice of found.notices) yield { type: "notice-given", notice };
  if (sources.length === 0) yield { type: "notice-given", notice: "nothing-found" };
  if (engine === "model") for (const notice of prompt.notices) yield { type: "notice-given", notice };

  const { messages, makeRestorer } = await prepare(
    prompt.messages,
    decision,
    request,
    dependencies,
    reach,
    signal,
  );
  const call: ProviderCall = {
    requestId: request.id,
    model,
    messages,
    sources,
    question: request.text,
    task: { intent: request.intent, length: request.length, pasted: request.pasted ?? "" },
    maxOutputTokens: prompt.maxOutputTokens,
    temperature: TEMPERATURE,
    thinking: { enabled: capabilities.thinking && dependencies.thinking() },
  };

  const restorer = makeRestorer();
  const thoughtRestorer = makeRestorer();
  const watch = dependencies.moderator.watchOutput(signal);
  const reader = makeCitationReader(sources, dependencies.words);
  let usage: Usage | null = null;
  let cost: Cost | null = null;
  let finish: Finish = "stop";
  let received = "";
  let thought = "";
  for await (const part of provider.stream(call, signal)) {
    signal.throwIfAborted();
    if (part.type === "notice") yield { type: "notice-given", notice: part.notice };
    else if (part.type === "usage") ({ usage, cost = null } = part);
    else if (part.type === "finish") finish = part.finish.reason;
    else {
      timing.firstToken ??= dependencies.now() - started;
      if (part.type === "reasoning-delta") {
        thought += part.text;
        const text = thoughtRestorer.push(part.text);
        if (text !== "") yield { type: "reasoning-delta", text };
        continue;
      }
      received += part.text;
      const release = await watch.push(restorer.push(part.text));
      if (release.text !== "") yield* show(release.text, reader);
      if (release.verdict.state === "checked" && release.verdict.action === "block") {
        finish = "moderated";
        break;
      }
    }
  }
  if (finish !== "moderated") {
    const rest = await watch.push(restorer.end());
    const last = await watch.end();
    if (rest.text + last.text !== "") yield* show(rest.text + last.text, reader);
  }
  for (const citation of reader.end()) yield { type: "citation-checked", citation };

  if (engine === "model") {
    usage ??= {
      inputTokens: messages.reduce((sum, message) => sum + countTokens(message.content), 0),
      outputTokens: countTokens(received) + countTokens(thought),
      reasoningTokens: countTokens(thought),
      cachedInputTokens: 0,
      estimated: true,
    };
    yield { type: "usage-counted", usage, cost };
  }
  return finish;
}

async function drawnCollections(
  request: SuggestRequest,
  dependencies: SuggestDependencies,
  signal: AbortSignal,
) {
  const all = await dependencies.collections(signal);
  if (request.collections.length === 0) return all;
  return request.collections.map((id) => {
    const collection = all.find((each) => each.id === id);
    if (!collection) throw new AppError("not-found", { facts: { collection: id } });
    return collection;
  });
}

/** Sanitises and offers for review what the decision says; what cannot be done as decided is refused. */
async function prepare(
  messages: readonly Message[],
  decision: { readonly sanitise: boolean; readonly review: boolean },
  request: SuggestRequest,
  dependencies: SuggestDependencies,
  reach: "device" | "organisation" | "cloud",
  signal: AbortSignal,
): Promise<{ messages: readonly Message[]; makeRestorer: () => Restorer }> {
  let prepared = messages;
  let makeRestorer = (): Restorer => nothingToRestore;
  if (decision.sanitise) {
    if (!dependencies.sanitizer) throw new AppError("not-allowed", { facts: { missing: "sanitizer" } });
    const sanitized = await dependencies.sanitizer.sanitize(
      messages.map((message) => message.content),
      signal,
    );
    prepared = messages.map((message, at) => ({ ...message, content: sanitized.texts[at] ?? "" }));
    makeRestorer = sanitized.makeRestorer;
  }
  if (decision.review) {
    if (!dependencies.review) throw new AppError("not-allowed", { facts: { missing: "review" } });
    if (!(await dependencies.review({ tier: request.tier, reach, messages: prepared }, signal)))
      throw new AppError("cancelled");
  }
  return { messages: prepared, makeRestorer };
}

function* show(
  text: string,
  reader: ReturnType<typeof makeCitationReader>,
): Generator<SuggestEvent, void, undefined> {
  yield { type: "text-delta", text };
  for (const citation of reader.push(text)) yield { type: "citation-checked", citation };
}
