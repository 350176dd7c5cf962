/** Counts the tokens of a text, at once. */
export type CountNow = (text: string) => number;

/** Pieces that the vocabulary was learnt on: words with the mark before them, single digits, runs of signs and space. */
const piece =
  /'(?:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/giu;

const longestKept = 64;
const mostKept = 50_000;
/** Merging takes the square of a piece's length: a run of letters without an end is counted in stretches. */
const longestPiece = 512;

/**
 * A counter by byte pairs. `merges` are pairs of symbols joined by a space, the first learnt first; each
 * symbol is bytes written as GPT-2 writes them. Exact, but that letters without a space for more than
 * 512 bytes may count one token more per stretch.
 */
export function bytePairCounter(merges: readonly string[]): CountNow {
  const ranks = new Map<string, number>();
  for (const [rank, pair] of merges.entries()) ranks.set(pair, rank);
  let kept = new Map<string, number>();
  const encoder = new TextEncoder();

  const countPiece = (text: string): number => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const symbols = [...encoder.encode(text)].map((byte) => letters[byte] ?? "");
    let count = 0;
    for (let at = 0; at < symbols.length; at += longestPiece)
      count += merge(symbols.slice(at, at + longestPiece), ranks);
    if (text.length <= longestKept) {
      if (kept.size >= mostKept) kept = new Map();
      kept.set(text, count);
    }
    return count;
  };

  return (text) => {
    let sum = 0;
    for (const [match] of text.normalize("NFC").matchAll(piece)) sum += countPiece(match);
    return sum;
  };
}

/** Joins the pair learnt first until none is known; gives how many symbols are left. */
function merge(symbols: string[], ranks: ReadonlyMap<string, number>): number {
  while (symbols.length > 1) {
    let best = Number.POSITIVE_INFINITY;
    let left = "";
    let right = "";
    for (let at = 0; at + 1 < symbols.length; at += 1) {
      const one = symbols[at] ?? "";
      const two = symbols[at + 1] ?? "";
      const rank = ranks.get(`${one} ${two}`);
      if (rank !== undefined && rank < best) [best, left, right] = [rank, one, two];
    }
    if (best === Number.POSITIVE_INFINITY) break;
    symbols = joinAll(symbols, left, right);
  }
  return symbols.length;
}

function joinAll(symbols: readonly string[], left: string, right: string): string[] {
  const joined: string[] = [];
  for (let at = 0; at < symbols.length; at += 1) {
    const symbol = symbols[at] ?? "";
    if (symbol === left && symbols[at + 1] === right) {
      joined.push(left + right);
      at += 1;
    } else joined.push(symbol);
  }
  return joined;
}

/** GPT-2's letters for bytes: printable ones stand for themselves, the others follow from U+0100. */
const letters: readonly string[] = (() => {
  const isPlain = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPlain(byte) ? byte : next++));
})();
