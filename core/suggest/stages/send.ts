import { isCancel } from "../../contract/errors.ts";
import type { Cost, Source, SuggestEvent, Usage } from "../../contract/suggest.ts";
import type { StreamPart } from "../../providers/provider.ts";
import type { Restorer } from "../../safety/sanitizer.ts";
import { makeCitationReader } from "../citations.ts";
import type { SuggestDependencies } from "../dependencies.ts";
import { makeOutputChain } from "../output-chain.ts";

type Finish = Extract<SuggestEvent, { type: "suggest-end" }>["finish"];

export interface Sending {
  readonly stream: (booked: (usage: Usage, cost: Cost | null) => void) => AsyncIterable<StreamPart>;
  readonly sources: readonly Source[];
  readonly makeRestorer: () => Restorer;
  /** Our own count, where none was reported or booked; null: the engine uses no tokens. */
  readonly estimate: ((received: string, thoughts: string) => Promise<Usage>) | null;
  readonly firstToken: () => void;
  /** Told of everything that was shown of the answer, however it ended. */
  readonly shown: (answer: string) => void;
}

/**
 * The second half: what the engine writes goes through one chain of restoring, moderating and citing, its thoughts
 * through another. A block ends it as moderated, by the last look too, and takes back what was shown.
 */
export async function* send(
  sending: Sending,
  { moderator, words }: Pick<SuggestDependencies, "moderator" | "words">,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent, Finish, undefined> {
  const reader = makeCitationReader(sending.sources, words);
  const answer = makeOutputChain({
    of: "answer",
    restorer: sending.makeRestorer(),
    watch: moderator.watchOutput(signal),
    *show(text) {
      yield { type: "text-delta", text };
      for (const citation of reader.push(text)) yield { type: "citation-checked", citation };
    },
  });
  const thoughts = makeOutputChain({
    of: "thoughts",
    restorer: sending.makeRestorer(),
    watch: moderator.watchOutput(signal),
    show: (text) => [{ type: "reasoning-delta", text }],
  });
  const isBlocked = (): boolean => answer.isBlocked || thoughts.isBlocked;
  const counted: { usage: Usage; cost: Cost | null }[] = [];
  let finish: Finish = "stop";
  let received = "";
  let thought = "";

  async function* end(): AsyncGenerator<SuggestEvent, void, undefined> {
    if (!isBlocked()) yield* await thoughts.end();
    if (!isBlocked()) yield* await answer.end();
    if (isBlocked()) {
      if (answer.shown !== "" || thoughts.shown !== "") yield { type: "suggestion-retracted" };
    } else for (const citation of reader.end()) yield { type: "citation-checked", citation };
  }

  try {
    for await (const part of sending.stream((usage, cost) => void counted.push({ usage, cost }))) {
      signal.throwIfAborted();
      if (part.type === "notice") yield { type: "notice-given", notice: part.notice };
      else if (part.type === "usage") counted.push({ usage: part.usage, cost: part.cost ?? null });
      else if (part.type === "finish") finish = part.finish.reason;
      else {
        sending.firstToken();
        if (part.type === "reasoning-delta") {
          thought += part.text;
          yield* await thoughts.push(part.text);
        } else {
          received += part.text;
          yield* await answer.push(part.text);
        }
        if (isBlocked()) break;
      }
    }
  } catch (error) {
    // What came before a break is kept, what was held back of it too, once it was looked at.
    if (!signal.aborted && !isCancel(error)) yield* end();
    throw error;
  } finally {
    sending.shown(isBlocked() ? "" : answer.shown);
  }
  yield* end();
  sending.shown(isBlocked() ? "" : answer.shown);
  if (isBlocked()) finish = "moderated";
  if (sending.estimate !== null) {
    const { usage, cost } = counted[0] ?? { usage: await sending.estimate(received, thought), cost: null };
    yield { type: "usage-counted", usage, cost };
  }
  return finish;
}
