import type { Embedder } from "../embedding/embedder.ts";

/** Counts the tokens of text[start, end). */
export type TokenCounter = (text: string, start: number, end: number) => number;

/** Words, numbers, runs of one script; every other visible character by itself. */
const piece = /[\p{L}\p{M}\p{N}]+|[^\s]/gu;
const longestKept = 32;
const mostKept = 50_000;

/**
 * Counts with the model's own tokenizer, word by word, and remembers the words: exact for a
 * tokenizer that works on words (MiniLM's), a little too high for others; about 20 times faster.
 */
export function modelTokenCounter(embedder: Pick<Embedder, "countTokens">): TokenCounter {
  let kept = new Map<string, number>();
  return sumOfPieces((word) => {
    const known = kept.get(word);
    if (known !== undefined) return known;
    const count = embedder.countTokens(word);
    if (word.length <= longestKept) {
      if (kept.size >= mostKept) kept = new Map();
      kept.set(word, count);
    }
    return count;
  });
}

const byCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Counts with the model's own tokenizer and nothing else: slow, and exact for any of them. */
export function exactTokenCounter(embedder: Pick<Embedder, "countTokens">): TokenCounter {
  return (text, start, end) => embedder.countTokens(text.slice(start, end));
}

/**
 * A counter without a model, for indexing by words only: CJK and Thai count by character, other words by their
 * length. An estimate, rather too high where models split words most (numbers, compounds, scripts a model hardly
 * knows); what a model finds too long all the same is cut anew when its vector is made (recut.ts).
 */
export function plainTokenCounter(): TokenCounter {
  return sumOfPieces((word) =>
    byCharacter.test(word) ? word.length : Math.ceil(word.length / lettersAToken(word)),
  );
}

const ordinaryWord = 12;

function lettersAToken(word: string): number {
  if (/\p{N}/u.test(word)) return 2;
  if (!/\p{Script=Latin}/u.test(word)) return 3;
  return word.length > ordinaryWord ? 4 : 6;
}

function sumOfPieces(count: (piece: string) => number): TokenCounter {
  return (text, start, end) => {
    let sum = 0;
    for (const match of text.slice(start, end).matchAll(piece)) sum += count(match[0]);
    return sum;
  };
}
