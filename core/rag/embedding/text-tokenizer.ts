/** The two calls needed of a tokenizer; transformers.js's has both. */
export interface Encoder {
  encode(text: string, options?: { add_special_tokens?: boolean }): number[];
}

/** A model's tokenizer with its own cut: token ids never longer than `longestInput`. */
export interface TextTokenizer {
  /** Special tokens left out. */
  count(text: string): number;
  /** Special tokens put in, cut to the longest input without losing the closing ones. */
  encode(text: string): number[];
}

// No tokenizer makes fewer tokens of so many characters of prose; what lies beyond is cut anyway.
const charactersPerToken = 64;

/** Wraps an encoder; the padding and truncation that a tokenizer file carries are not used. */
export function textTokenizer(encoder: Encoder, longestInput: number): TextTokenizer {
  const { before, after } = specialTokens(encoder);
  const room = longestInput - before.length - after.length;
  return {
    count: (text) => encoder.encode(text, { add_special_tokens: false }).length,
    encode: (text) => {
      const part = text.length > room * charactersPerToken ? text.slice(0, room * charactersPerToken) : text;
      const ids = encoder.encode(part, { add_special_tokens: false });
      return [...before, ...(ids.length > room ? ids.slice(0, room) : ids), ...after];
    },
  };
}

function specialTokens(encoder: Encoder): { before: number[]; after: number[] } {
  const bare = encoder.encode("a", { add_special_tokens: false });
  const whole = encoder.encode("a");
  const first = bare[0];
  const at = first === undefined ? -1 : whole.indexOf(first);
  if (at < 0) throw new Error("the tokenizer does not keep a text's tokens together");
  return { before: whole.slice(0, at), after: whole.slice(at + bare.length) };
}
