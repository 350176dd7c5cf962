import type { FakeError, FakeKind, KindRow, RequestFields } from "./kinds.ts";

/** What the fake is to answer with. */
export interface FakeAnswer {
  readonly text: string;
  readonly thoughts: string;
  readonly finish: string;
}

/** Tokens as the fake counts them, for both sides of a test: four letters are one. */
export const fakeTokens = (text: string): number => Math.ceil([...text].length / 4);

/** Tokens of a prompt; a server's template adds some to every message. */
export function promptTokens(body: RequestFields): number {
  return (body.messages ?? []).reduce((sum, message) => sum + fakeTokens(message.content) + 4, 0);
}

/** The events of one streamed reply, as this kind of server frames them; `[DONE]` included. */
export function chatEvents(
  kind: FakeKind,
  row: KindRow,
  body: RequestFields,
  answer: FakeAnswer,
  contextTokens: number,
): string[] {
  const limit = body.max_completion_tokens ?? body.max_tokens ?? Number.POSITIVE_INFINITY;
  const thoughts = row.thinks(body) ? answer.thoughts : "";
  const text = firstTokens(answer.text, limit);
  const finish = text.length < answer.text.length ? "length" : answer.finish;
  const chunk = (delta: Readonly<Record<string, unknown>>, finishReason: string | null = null): string =>
    event({
      ...shell(kind, body),
      choices: [{ index: 0, delta, finish_reason: finishReason }],
      ...(row.hasNullUsage && { usage: null }),
    });
  const beside = (field: string, piece: string): Record<string, unknown> =>
    kind === "dashscope" ? { content: null, reasoning_content: null, [field]: piece } : { [field]: piece };
  const events = [chunk(row.firstDelta)];
  if (thoughts !== "" && row.thoughtField === null)
    events.push(...pieces(`<think>\n${thoughts}\n</think>\n\n`).map((piece) => chunk({ content: piece })));
  else if (thoughts !== "" && row.thoughtField !== null) {
    const field = row.thoughtField;
    events.push(...pieces(thoughts).map((piece) => chunk(beside(field, piece))));
  }
  events.push(...pieces(text).map((piece) => chunk(beside("content", piece))));
  events.push(chunk(row.lastDelta, finish));
  if (row.usage === "asked" && body.stream_options?.include_usage)
    events.push(
      event({
        ...shell(kind, body),
        choices: [],
        usage: usageOf(
          kind,
          body,
          text,
          thoughts,
          row.cutsSilently ? contextTokens : Number.POSITIVE_INFINITY,
        ),
        ...(kind === "llama-cpp" && { timings: { cache_n: 0, prompt_n: 1, predicted_per_second: 52.9 } }),
      }),
    );
  events.push("data: [DONE]\n\n");
  return row.pings ? [":\n\n", ...events] : events;
}

/** One event of a stream. */
export const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

/** An error inside a stream that has begun with 200, as this kind words it. */
export function errorEvent(kind: FakeKind, row: KindRow, error: FakeError): string {
  if (kind === "sglang")
    return event({
      error: { object: "error", message: error.message, type: error.type, param: null, code: error.status },
    });
  return event(JSON.parse(row.errorBody(error)) as unknown);
}

function shell(kind: FakeKind, body: RequestFields): Record<string, unknown> {
  return {
    id: "chatcmpl-fake",
    object: "chat.completion.chunk",
    created: 1_795_300_000,
    model: body.model ?? "",
    ...(kind === "ollama" && { system_fingerprint: "fp_ollama" }),
  };
}

function usageOf(
  kind: FakeKind,
  body: RequestFields,
  text: string,
  thoughts: string,
  limit: number,
): Record<string, unknown> {
  const prompt = Math.min(promptTokens(body), limit);
  const reasoning = fakeTokens(thoughts);
  const completion = fakeTokens(text) + reasoning;
  const counts = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  switch (kind) {
    case "dashscope":
      return {
        ...counts,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: reasoning },
      };
    case "sglang":
      return { ...counts, reasoning_tokens: reasoning };
    case "lm-studio":
    case "vllm":
    case "pai-eas":
      return { ...counts, completion_tokens_details: { reasoning_tokens: reasoning } };
    default:
      return counts;
  }
}

/** The text in the small pieces a model writes it in. */
function pieces(text: string): string[] {
  return text.match(/\s*\S{1,6}|\s+/gu) ?? [];
}

function firstTokens(text: string, limit: number): string {
  const letters = [...text];
  return limit * 4 >= letters.length ? text : letters.slice(0, limit * 4).join("");
}
