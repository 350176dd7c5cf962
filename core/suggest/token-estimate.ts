const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/**
 * How many tokens a text is for a model whose tokenizer is not at hand: one for each Chinese, Japanese
 * or Korean character, one for three others. Meant to be high rather than low.
 */
export function estimateTokens(text: string): number {
  const cjk = text.match(CJK)?.length ?? 0;
  return cjk + Math.ceil((text.length - cjk) / 3);
}
