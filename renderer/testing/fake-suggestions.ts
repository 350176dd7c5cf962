import type { Settings } from "../../core/contract/settings.ts";
import type { Citation, Source, SuggestEvent } from "../../core/contract/suggest.ts";
import type { StreamParsed } from "../../core/contract/routes.ts";
import { AppError, type Failure } from "../../core/contract/errors.ts";
import type { TierStatus } from "../../core/contract/providers.ts";
import { reachAllows, type Reach } from "../../core/contract/tiers.ts";
import { wait } from "./wait.ts";
import type { FakeLibrary } from "./fake-library.ts";

const countWords = /\bhow many\b|\btotal\b|多少份|一共/iu;

/** How far each suggestion has been, as main remembers it. */
const beenTo = new Map<string, Reach>();

interface SuggestNeeds {
  readonly library: FakeLibrary;
  readonly settings: Settings;
  /** The tier that was asked for; a provider's one writes as a model does. */
  readonly status: TierStatus | undefined;
}

/** A suggestion like the quoting engine's, or a model's when one is set: streamed, cited, ended once. */
export async function* suggestFrom(
  { library, settings, status }: SuggestNeeds,
  request: StreamParsed<"suggest">,
  pace: number,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent> {
  const isLocal = request.tier === "local" || !status;
  const engine = isLocal && settings.generationModel === null ? "quotes" : "model";
  const reach = isLocal ? "device" : status.reach;
  const begun = performance.now();
  const spent = () => performance.now() - begun;
  yield {
    type: "suggest-start",
    id: request.id,
    tier: request.tier,
    reach,
    provider: isLocal ? (engine === "quotes" ? "extractive" : "llama-cpp") : (status.provider ?? ""),
    model: isLocal ? (settings.generationModel ?? "quotes") : (status.model ?? ""),
    engine,
  };
  const refused = refusal(library, request, status, reach);
  if (refused) {
    yield { type: "suggest-error", failure: refused, offer: "local" };
    return;
  }
  beenTo.set(request.id, reach);
  const { open, leftOut } = scopeOf(library, request, reach);
  if (leftOut.length > 0)
    yield {
      type: "collections-left-out",
      collections: leftOut.map(({ id, name, reach: own }) => ({ id, name, reach: own })),
    };
  await wait(pace * 5, signal);
  if (request.text.includes("break the worker")) {
    yield { type: "suggest-error", failure: { code: "worker-restarted" }, offer: "local" };
    return;
  }
  const within = leftOut.length === 0 ? request.collections : open.map(({ id }) => id);
  const isNowhere = leftOut.length > 0 && open.length === 0;
  const hits = isNowhere ? [] : library.search(request.text, within, settings.passageLimit, "hybrid");
  const sources = hits.map((hit): Source => {
    const {
      passageIds,
      documentId,
      collectionId,
      title,
      path,
      place,
      start,
      end,
      text,
      score,
      matches,
      copies,
    } = hit;
    return {
      number: hit.rank,
      passageIds,
      documentId,
      collectionId,
      title,
      path,
      place,
      start,
      end,
      text,
      score,
      matches,
      copies,
    };
  });
  const retrieval = spent();
  for (const source of sources) {
    yield { type: "source-found", source };
    await wait(pace, signal);
  }
  if (engine === "quotes") yield { type: "notice-given", notice: "quotes-only" };
  yield { type: "notice-given", notice: "not-moderated" };
  if (countWords.test(request.text)) yield { type: "notice-given", notice: "counts-whole-library" };
  if (sources.length === 0 && request.pasted === undefined) {
    yield { type: "notice-given", notice: "nothing-found" };
    yield {
      type: "suggest-end",
      finish: "stop",
      milliseconds: { retrieval, firstToken: null, total: spent() },
    };
    return;
  }
  if (engine === "model" && settings.thinking) {
    for (const word of "The question asks for a period. Passage 1 names it; passage 2 is about another contract, so both need naming.".split(
      /(?<= )/u,
    )) {
      yield { type: "reasoning-delta", text: word };
      await wait(pace, signal);
    }
  }
  const { text, citations } = compose(request, sources, engine);
  let firstToken: number | null = null;
  let written = 0;
  for (const part of text.match(/\p{Script=Han}{1,3}|\s*\S+|\s+/gu) ?? []) {
    firstToken ??= spent();
    yield { type: "text-delta", text: part };
    await wait(pace, signal);
    if (signal.aborted) throw new AppError("cancelled");
    // A scripted fault of the provider, for the window's words about it.
    if (!isLocal && request.text.includes("break off") && (written += 1) > 20) {
      yield { type: "suggest-error", failure: { code: "provider-interrupted" }, offer: "local" };
      return;
    }
  }
  for (const citation of citations) yield { type: "citation-checked", citation };
  yield {
    type: "usage-counted",
    usage: {
      inputTokens: 812,
      outputTokens: Math.ceil(text.length / 4),
      reasoningTokens: 0,
      cachedInputTokens: 0,
      estimated: false,
    },
    cost: reach === "cloud" ? { amount: 0.0016, currency: "USD", estimated: true } : null,
  };
  yield { type: "suggest-end", finish: "stop", milliseconds: { retrieval, firstToken, total: spent() } };
}

/** Collections that a request may draw on at this reach, and those it may not. */
function scopeOf({ collections }: FakeLibrary, request: StreamParsed<"suggest">, reach: Reach) {
  const wanted = collections.filter(
    ({ id }) => request.collections.length === 0 || request.collections.includes(id),
  );
  return {
    open: wanted.filter((one) => reachAllows(one.reach, reach)),
    leftOut: wanted.filter((one) => !reachAllows(one.reach, reach)),
  };
}

/** What main would refuse before anything is sent, and scripted faults of a provider. */
function refusal(
  library: FakeLibrary,
  request: StreamParsed<"suggest">,
  status: TierStatus | undefined,
  reach: Reach,
): Failure | null {
  if (request.tier === "local") return null;
  if (!status?.available) return { code: "provider-not-configured", facts: { tier: request.tier } };
  const { open, leftOut } = scopeOf(library, request, reach);
  const [kept] = leftOut;
  if (kept && open.length === 0 && !request.withoutHeldBack)
    return {
      code: "reach-not-allowed",
      facts: {
        what: "collections",
        collection: leftOut.map(({ name }) => name).join(", "),
        ids: leftOut.map(({ id }) => id).join(","),
        allowed: kept.reach,
        wanted: reach,
      },
    };
  const been = request.turns.map(({ id }) => beenTo.get(id) ?? "device");
  if (!request.reachConsent && been.some((one) => !reachAllows(one, reach)))
    return { code: "reach-needs-consent", facts: { wanted: reach } };
  if (request.text.includes("wrong key"))
    return { code: "provider-auth", facts: { reason: "key-or-region" } };
  if (request.text.includes("too fast")) return { code: "provider-rate-limited", retryAfter: 20_000 };
  return null;
}

/** The best sentence of each passage as a quotation, with its citation. */
function compose(
  request: StreamParsed<"suggest">,
  sources: readonly Source[],
  engine: "quotes" | "model",
): { text: string; citations: Citation[] } {
  const citations: Citation[] = [];
  const chinese = /\p{Script=Han}/u.test(request.text);
  let text = "";
  if (engine === "model") text += chinese ? "根据您的文件：\n\n" : "From your documents:\n\n";
  if (request.pasted !== undefined) text += `${request.pasted.trim().slice(0, 400)}\n\n`;
  for (const source of sources.slice(0, 3)) {
    const sentence = bestSentence(source);
    const start = text.length + 2;
    text +=
      engine === "model"
        ? `- ${sentence.text} [${source.number}]\n`
        : `> ${sentence.text} [${source.number}]\n\n`;
    citations.push({
      sourceNumber: source.number,
      at: { start, end: start + sentence.text.length },
      mark: { start: start + sentence.text.length + 1, end: text.trimEnd().length },
      state: "exact",
      quote: {
        start: source.start + sentence.start,
        end: source.start + sentence.start + sentence.text.length,
        text: sentence.text,
      },
    });
  }
  if (engine === "model")
    text += chinese
      ? "\n以上各点以原文为准。"
      : "\nCheck the date in the first passage before you send a notice.";
  return { text: text.trimEnd(), citations };
}

function bestSentence(source: Source): { text: string; start: number } {
  const at = source.matches[0]?.start ?? 0;
  for (const match of source.text.matchAll(/[^.。]+[.。]?/gu)) {
    if (match.index + match[0].length > at) {
      const lead = match[0].length - match[0].trimStart().length;
      return { text: match[0].trim(), start: match.index + lead };
    }
  }
  return { text: source.text, start: 0 };
}
