import type { Embedder } from "../embedding/embedder.ts";
import { runEnd } from "../search/words/runs.ts";

/** Counts the tokens of text[start, end). */
export type TokenCounter = (text: string, start: number, end: number) => number;

const longestKept = 32;
const mostKept = 50_000;

/**
 * Counts with the model's own tokenizer, word by word, and remembers the words: exact for a
 * tokenizer that works on words (MiniLM's), a little too high for others; about 20 times faster.
 */
export function modelTokenCounter(embedder: Pick<Embedder, "countTokens">): TokenCounter {
  return sumOfPieces((piece) => {
    if (!isMark.test(piece)) return embedder.countTokens(piece);
    // By itself a mark would be charged what some tokenizers put before each word; in a text it stands beside one.
    return Math.max(1, embedder.countTokens(`a${piece}`) - embedder.countTokens("a"));
  });
}

/** One visible character that is no letter and no number. */
const isMark = /^[^\p{L}\p{N}\p{M}]$/u;

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

/** Sums over words, numbers and runs of one script, and every other visible character by itself; remembers them. */
function sumOfPieces(count: (piece: string) => number): TokenCounter {
  let kept = new Map<string, number>();
  const countOf = (piece: string): number => {
    const known = kept.get(piece);
    if (known !== undefined) return known;
    const made = count(piece);
    if (piece.length <= longestKept) {
      if (kept.size >= mostKept) kept = new Map();
      kept.set(piece, made);
    }
    return made;
  };
  return (text, start, end) => {
    const part = text.slice(start, end);
    let sum = 0;
    for (let at = 0; at < part.length;) {
      const next = pieceEnd(part, at);
      if (next > at) sum += countOf(part.slice(at, next));
      at = Math.max(next, at + 1);
    }
    return sum;
  };
}

const space = /\s/u;

/** Where the piece ends that begins here; the place itself where white space stands. */
function pieceEnd(text: string, at: number): number {
  const end = runEnd(text, at);
  if (end > at) return end;
  const code = text.codePointAt(at) ?? 0;
  if (code === 0x20 || code === 0x0a) return at;
  const letter = String.fromCodePoint(code);
  return space.test(letter) ? at : at + letter.length;
}
