/** Splits an answer whose thoughts stand in `<think>…</think>` at its start; other text passes untouched. */
export interface ThinkSplitter {
  /** Takes the next piece of content and gives what can be told of it. */
  push(text: string): readonly Piece[];
  /** What was held back. */
  end(): readonly Piece[];
}

export interface Piece {
  readonly kind: "text" | "reasoning";
  readonly text: string;
}

const open = "<think>";
const close = "</think>";

/**
 * A server that has a field of its own for thoughts never writes the tags: it is asked first. With
 * `opensUnseen` the prompt itself may have opened the thoughts, so that only `</think>` shows: all is held
 * back until it comes, or the end tells that it was text.
 */
export function makeThinkSplitter(opensUnseen = false): ThinkSplitter {
  let state: "start" | "inside" | "unseen" | "outside" = "start";
  let held = "";
  let isAfterThoughts = false;
  let hasThought = false;
  let trailing = "";

  const step = (isEnd: boolean): Piece[] => {
    const pieces: Piece[] = [];
    const give = (kind: Piece["kind"], text: string) => {
      if (text !== "") pieces.push({ kind, text });
    };
    if (state === "start") {
      const begun = held.trimStart();
      if (!isEnd && begun.length < open.length && open.startsWith(begun)) return pieces;
      if (begun.startsWith(open)) {
        state = "inside";
        held = begun.slice(open.length);
      } else state = opensUnseen ? "unseen" : "outside";
    }
    if (state === "unseen" || state === "inside") {
      const at = held.indexOf(close);
      if (at >= 0) {
        give("reasoning", trimEdges(held.slice(0, at)));
        held = held.slice(at + close.length);
        state = "outside";
        isAfterThoughts = true;
      } else if (state === "unseen") {
        if (!isEnd) return pieces;
        state = "outside";
      } else {
        const keep = isEnd ? 0 : longestEndThatBegins(held, close);
        give("reasoning", trimEdges(held.slice(0, held.length - keep)));
        held = held.slice(held.length - keep);
        return pieces;
      }
    }
    // The line breaks between the thoughts and the answer belong to neither.
    if (isAfterThoughts) held = held.replace(/^\s+/, "");
    if (held !== "") isAfterThoughts = false;
    give("text", held);
    held = "";
    return pieces;
  };

  /** White space around the thoughts as a whole is framing; inside it is theirs. */
  const trimEdges = (text: string): string => {
    let thought = trailing + text;
    if (!hasThought) thought = thought.trimStart();
    const kept = thought.trimEnd();
    trailing = thought.slice(kept.length);
    if (kept !== "") hasThought = true;
    return kept;
  };

  return {
    push(text) {
      held += text;
      return step(false);
    },
    end: () => step(true),
  };
}

/** How many letters at the end of `text` may be the beginning of `word`. */
function longestEndThatBegins(text: string, word: string): number {
  for (let length = Math.min(word.length - 1, text.length); length > 0; length -= 1)
    if (word.startsWith(text.slice(-length))) return length;
  return 0;
}
