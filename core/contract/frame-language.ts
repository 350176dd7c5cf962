/** What the fixed sentences of prompts and quotes are written in. */
export type FrameLanguage = "en" | "zh";

/** Chinese when the text is mostly Han and holds no kana or Hangul; else English. */
export function frameLanguage(text: string): FrameLanguage {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text)) return "en";
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  // A Chinese question may hold an English name; letters weigh a fifth of a character.
  const letters = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return han > 0 && han * 5 >= letters ? "zh" : "en";
}
