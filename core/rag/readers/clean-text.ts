const lineEnds = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
// Control characters, soft hyphen, zero-width, bidi marks and overrides, interlinear marks, the tag block.
const invisible =
  /[^\P{Cc}\t\n]|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
const loneSurrogate = /\p{Surrogate}/gu;
const oddBlanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g;

/**
 * Text as the library keeps it: NFC, "\n" line ends, ordinary blanks, nothing that is invisible or
 * turns the direction of reading, no lone surrogates, no blanks at line ends, at most one empty line.
 */
export function cleanText(text: string): string {
  return (
    text
      .replace(lineEnds, "\n")
      .replace(invisible, "")
      .replace(loneSurrogate, "\ufffd")
      .replace(oddBlanks, " ")
      .normalize("NFC")
      // The look behind keeps a long run of blanks from being tried from each of its places.
      .replace(/(?<![ \t])[ \t]+$/gm, "")
      .replace(/\n{3,}/g, "\n\n")
  );
}

/** One line of running text: every run of white space is one blank. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
