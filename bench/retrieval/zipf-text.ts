import { makeRandom } from "../../core/rag/index/testing/sentence-vectors.ts";

const VOCABULARY = 150_000;
const EXPONENT = 1.05;
const PASSAGE_WORDS = 110;
const SENTENCE_WORDS = 18;
const SYLLABLES = "ba de fi go ku la me ni po ru sa te vi zo ha je li mo nu ra si to ve wi xa yo".split(" ");
const FUNCTION_WORDS = "the of and to in a is that for was on are with as it be at by this from".split(" ");

export interface ZipfText {
  passage(): string;
  /** Eight words as people ask: three function words, some common and some rare ones. */
  question(): string;
}

/** Text whose words are as unevenly frequent as in natural language, the same for the same seed. */
export function makeZipfText(seed: number): ZipfText {
  const random = makeRandom(seed);
  const cumulative = new Float64Array(VOCABULARY);
  let sum = 0;
  for (let rank = 0; rank < VOCABULARY; rank += 1) cumulative[rank] = sum += (rank + 1) ** -EXPONENT;
  const wordAt = (rank: number): string => {
    if (rank < FUNCTION_WORDS.length) return FUNCTION_WORDS[rank]!;
    let rest = rank;
    let word = "";
    while (rest > 0 || word.length < 4) {
      word += SYLLABLES[rest % SYLLABLES.length];
      rest = Math.floor(rest / SYLLABLES.length);
    }
    return word;
  };
  const drawRank = (): number => {
    const wanted = random() * sum;
    let low = 0;
    let high = VOCABULARY - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const content = (): string => {
    for (;;) {
      const rank = drawRank();
      if (rank >= FUNCTION_WORDS.length * 3) return wordAt(rank);
    }
  };
  return {
    passage: () =>
      Array.from(
        { length: PASSAGE_WORDS },
        (_, at) => wordAt(drawRank()) + ((at + 1) % SENTENCE_WORDS === 0 ? "." : ""),
      ).join(" "),
    question: () => ["what", "is", "the", content(), content(), "of", content(), content()].join(" "),
  };
}
