import { AppError } from "../../contract/errors.ts";
import type { OutputBound, StreamPart } from "../provider.ts";

/** How much of an answer is taken in, and for how long, whatever the server does. */
export interface AnswerBound {
  /** Bytes of the bodies of all tries. */
  readonly bodyBytes: number;
  /** UTF-16 code units of text and thoughts. */
  readonly letters: number;
  readonly milliseconds: number;
}

/** A few times what the tokens asked for can come to: a token is some four letters, its event some hundred bytes. */
export function answerBoundFor({ most }: Pick<OutputBound, "most">): AnswerBound {
  return { bodyBytes: 250_000 + 2000 * most, letters: 4000 + 24 * most, milliseconds: 900_000 + 500 * most };
}

/** Reads a body on, as long as the answer may go on. */
export type Admit = (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/**
 * Runs an answer within its bound, hanging up on what goes past it: what came is kept, a notice says that it was cut,
 * and it finishes as `length`. Throws provider-server or provider-timed-out where nothing had come.
 */
export async function* withinBound(
  bound: AnswerBound,
  signal: AbortSignal,
  work: (signal: AbortSignal, admit: Admit) => AsyncIterable<StreamPart>,
  timeLimit: (milliseconds: number) => AbortSignal = (milliseconds) => AbortSignal.timeout(milliseconds),
): AsyncGenerator<StreamPart> {
  const tooSlow = timeLimit(bound.milliseconds);
  const tooLarge = new AbortController();
  let bodyBytes = 0;
  let letters = 0;
  let isFinished = false;

  const admit: Admit = async function* (body) {
    for await (const chunk of body) {
      bodyBytes += chunk.byteLength;
      if (bodyBytes > bound.bodyBytes) tooLarge.abort();
      tooLarge.signal.throwIfAborted();
      yield chunk;
    }
  };

  try {
    for await (const part of work(AbortSignal.any([signal, tooSlow, tooLarge.signal]), admit)) {
      if (part.type === "text-delta" || part.type === "reasoning-delta") letters += part.text.length;
      isFinished ||= part.type === "finish";
      yield part;
      if (letters > bound.letters) tooLarge.abort();
      if (tooLarge.signal.aborted) break;
    }
  } catch (error) {
    if (signal.aborted || !(tooSlow.aborted || tooLarge.signal.aborted)) throw error;
  }
  if (isFinished || !(tooSlow.aborted || tooLarge.signal.aborted)) return;
  const reason = tooLarge.signal.aborted ? "answer-too-large" : "answer-too-slow";
  if (letters === 0)
    throw new AppError(tooLarge.signal.aborted ? "provider-server" : "provider-timed-out", {
      facts: { reason },
    });
  yield { type: "notice", notice: "answer-cut" };
  yield { type: "finish", finish: { reason: "length", raw: reason } };
}
