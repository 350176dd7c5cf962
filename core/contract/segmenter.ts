/**
 * The segmenter of a language, made when the first text is cut and kept: making one reads megabytes of rules, which a
 * process that cuts nothing does without.
 */
export function segmenterFor(
  language: string,
  granularity: "sentence" | "word",
): (text: string) => Intl.Segments {
  let made: Intl.Segmenter | null = null;
  return (text) => (made ??= new Intl.Segmenter(language, { granularity })).segment(text);
}
