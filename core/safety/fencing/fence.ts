/** A text to fence: its number or name, a line on where it is from, the text itself. */
export interface FencedText {
  readonly label: string;
  readonly origin: string;
  readonly text: string;
}

/** Tokens by which chat templates mark turns; inside data they are taken apart. */
const CHAT_MARKS = /<\|(?=[\w-])|\[(?=\/?INST\])|<(?=\/?(?:s|think|start_of_turn|end_of_turn|bos|eos)>)/gi;
/** Control, zero-width, bidi and tag characters: they can hide text from the person but not from a model. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const DELIMITER_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** Twelve letters and digits from 12 random bytes: unguessable by any document, new for every request. */
export function makeDelimiter(randomBytes: Uint8Array): string {
  if (randomBytes.length < 12) throw new Error("a delimiter needs 12 random bytes");
  return Array.from(randomBytes.subarray(0, 12), (byte) => DELIMITER_LETTERS[byte & 31]).join("");
}

/**
 * Fences texts as data: between an opening and a closing line that carry the delimiter, every line of a
 * text marked with the delimiter's first letters. No text can close the fence, since the delimiter is
 * taken out of it, and none can open a chat turn.
 */
export function fence(name: string, texts: readonly FencedText[], delimiter: string): string {
  const mark = `${delimiter.slice(0, 4)}|`;
  const clean = (text: string): string => {
    let cleaned = text.replace(INVISIBLE, "").replace(CHAT_MARKS, (found) => `${found} `);
    // Again and again: taking one out may join the halves of another.
    while (cleaned.includes(delimiter)) cleaned = cleaned.replaceAll(delimiter, "");
    return cleaned;
  };
  const bodies = texts.map(({ label, origin, text }) => {
    const head = [clean(label), clean(origin).replace(/\s+/g, " ")].filter((part) => part !== "").join(" ");
    const lines = clean(text)
      .split("\n")
      .map((line) => `${mark} ${line}`);
    return [...(head === "" ? [] : [head]), ...lines].join("\n");
  });
  return [`<<${name} ${delimiter}>>`, bodies.join("\n\n"), `<<end ${delimiter}>>`].join("\n");
}
