/** Letters of a script that one token holds, as the tokenizers of Qwen and Gemini have them, rounded down. */
const lettersPerToken: readonly (readonly [RegExp, number])[] = [
  [/\p{Script=Han}/u, 1.4],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 1.4],
  [/\p{Script=Hangul}/u, 1.1],
  [/\p{Script=Cyrillic}/u, 2.7],
  [/[\p{Script=Arabic}\p{Script=Hebrew}]/u, 2.3],
  [/\p{Script=Thai}/u, 1.6],
];
/** Scripts that no vocabulary knows well: nearly every letter is a token. */
const rare = 0.85;

const latinWord = /[\p{Script=Latin}\p{M}]+/gu;
const otherLetter = /[^\P{L}\p{Script=Latin}]/gu;

/**
 * About how many tokens a text is for a model whose tokenizer is not at hand, script by script. Meant to
 * be high rather than low: against Qwen's tokenizer English and Chinese come out 10 to 40 % too high, other
 * languages between 20 % too low (Finnish, Polish) and 50 % too high.
 */
export function estimateTokens(text: string): number {
  let sum = 0;
  for (const [word] of text.matchAll(latinWord)) {
    const isPlain = /^[a-z]+$/i.test(word);
    sum += Math.ceil(word.length / (isPlain ? 5 : 2.4));
  }
  for (const [letter] of text.matchAll(otherLetter))
    sum += 1 / (lettersPerToken.find(([script]) => script.test(letter))?.[1] ?? rare);
  // Digits, the space before one, and most signs stand alone; another space goes with the word after it.
  sum += text.match(/\p{N}|\s(?=\p{N})|\n+/gu)?.length ?? 0;
  sum += (text.match(/[^\p{L}\p{M}\p{N}\s]/gu)?.length ?? 0) * 0.9;
  return Math.ceil(sum);
}
