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

/** A server that has a field of its own for thoughts never writes the tags: it is asked first. */
export function makeThinkSplitter(): ThinkSplitter {
  let state: "start" | "inside" | "outside" = "start";
  let held = "";

  const step = (isEnd: boolean): Piece[] => {
    const pieces: Piece[] = [];
    if (state === "start") {
      const begun = held.trimStart();
      if (!isEnd && begun.length < open.length && open.startsWith(begun)) return pieces;
      state = begun.startsWith(open) ? "inside" : "outside";
      if (state === "inside") held = begun.slice(open.length).replace(/^\n/, "");
    }
    if (state === "inside") {
      const at = held.indexOf(close);
      const keep = at < 0 && !isEnd ? longestEndThatBegins(held, close) : 0;
      const thought = at < 0 ? held.slice(0, held.length - keep) : held.slice(0, at);
      if (thought !== "") pieces.push({ kind: "reasoning", text: thought });
      if (at < 0) {
        held = held.slice(held.length - keep);
        return pieces;
      }
      held = held.slice(at + close.length).replace(/^\n{1,2}/, "");
      state = "outside";
    }
    if (held !== "") pieces.push({ kind: "text", text: held });
    held = "";
    return pieces;
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
