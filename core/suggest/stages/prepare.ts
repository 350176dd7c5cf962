import type { Source, SuggestEvent, SuggestRequest } from "../../contract/suggest.ts";
import type { Protected } from "../../safety/envelope/envelope.ts";
import { countsWholeLibrary } from "../counting-question.ts";
import type { ServedModel, ServedQuotes, ServedTier, SuggestDependencies } from "../dependencies.ts";
import { findSources } from "../find-sources.ts";
import { fitPrompt, type FittedPrompt } from "../fit-prompt.ts";
import { partsOf, textsFrom } from "./parts.ts";
import { reachOfServed, scope, type Scoped } from "./scope.ts";
import { screen } from "./screen.ts";

/** A request made ready: what will be written from, and for a model the prompt that is to be sent. */
export type Prepared = { readonly scoped: Scoped; readonly sources: readonly Source[] } & (
  | { readonly served: ServedQuotes }
  | { readonly served: ServedModel; readonly prompt: FittedPrompt; readonly protectedParts: Protected }
);

/**
 * The first half of a suggestion, the same for the estimate and for what is sent: screened → scoped → found →
 * parts → protected → prompt, sized after masking. Throws the refusal; nothing was sent.
 */
export async function* prepare(
  request: SuggestRequest,
  served: ServedTier,
  dependencies: SuggestDependencies,
  searched: (milliseconds: number) => void,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent, Prepared, undefined> {
  const verdict = yield* screen(request, dependencies, signal);
  const scoped = await scope(request, served, verdict, dependencies, signal);
  yield {
    type: "suggest-start",
    id: request.id,
    tier: request.tier,
    reach: reachOfServed(served),
    ...namesOf(served),
  };
  if (verdict.state === "not-moderated") yield { type: "notice-given", notice: "not-moderated" };
  if (scoped.leftOut.length > 0)
    yield {
      type: "collections-left-out",
      collections: scoped.leftOut.map(({ id, name, reach }) => ({ id, name, reach })),
    };
  if (served.engine === "quotes") yield { type: "notice-given", notice: "quotes-only" };
  if (countsWholeLibrary(request.text)) yield { type: "notice-given", notice: "counts-whole-library" };

  const started = dependencies.now();
  const found = await findSources(request, scoped.within, dependencies, signal);
  searched(dependencies.now() - started);
  signal.throwIfAborted();
  // The quoting engine reads passages, not a prompt: nothing is too long for it, and nothing leaves.
  if (served.engine === "quotes") {
    yield* tell(found.sources, found.notices);
    return { scoped, sources: found.sources, served };
  }

  const parts = partsOf(request, scoped.turns, found.sources);
  const protectedParts = await dependencies.envelope.protect({ ...scoped.outgoing, parts }, signal);
  const texts = textsFrom(protectedParts.texts, request, found.sources);
  const prompt = await fitPrompt(request, served, texts, dependencies.randomBytes());
  yield* tell(prompt.sources, [...found.notices]);
  for (const notice of prompt.notices) yield { type: "notice-given", notice };
  if (Object.keys(prompt.values).length > 0) yield { type: "values-masked", counts: { ...prompt.values } };
  return { scoped, sources: prompt.sources, served, prompt, protectedParts };
}

function* tell(
  sources: readonly Source[],
  notices: Awaited<ReturnType<typeof findSources>>["notices"],
): Generator<SuggestEvent, void, undefined> {
  for (const source of sources) yield { type: "source-found", source };
  for (const notice of notices) yield { type: "notice-given", notice };
  if (sources.length === 0) yield { type: "notice-given", notice: "nothing-found" };
}

function namesOf(served: ServedTier) {
  return served.engine === "quotes"
    ? { engine: served.engine, provider: served.quotes.id, model: served.quotes.model }
    : { engine: served.engine, provider: served.provider.id, model: served.model };
}
