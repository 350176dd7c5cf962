/** The pieces of an RTF file. Text and bytes are in the code page of the current font. */
export type RtfToken =
  | { readonly kind: "open" }
  | { readonly kind: "close" }
  | { readonly kind: "word"; readonly name: string; readonly value: number | null }
  | { readonly kind: "symbol"; readonly sign: string }
  | { readonly kind: "text"; readonly bytes: string };

const word = /([a-zA-Z]{1,32})(-?\d{1,10})? ?/y;
const hex = /[0-9a-fA-F]{2}/y;
const plain = /[^\\{}\r\n]+/y;

/** Splits RTF (as Latin-1, a character a byte) into tokens; binary data is stepped over. */
export function* rtfTokens(source: string): Generator<RtfToken> {
  let at = 0;
  while (at < source.length) {
    const sign = source[at];
    if (sign === "{" || sign === "}") {
      at++;
      yield { kind: sign === "{" ? "open" : "close" };
    } else if (sign === "\r" || sign === "\n") {
      at++;
    } else if (sign === "\\") {
      at++;
      word.lastIndex = at;
      const match = word.exec(source);
      if (match) {
        at = word.lastIndex;
        const value = match[2] === undefined ? null : Number(match[2]);
        if (match[1] === "bin" && value !== null && value > 0) at += value;
        else yield { kind: "word", name: match[1] ?? "", value };
        continue;
      }
      const next = source[at] ?? "";
      at++;
      hex.lastIndex = at;
      if (next !== "'") yield { kind: "symbol", sign: next };
      else if (hex.test(source)) {
        yield { kind: "text", bytes: String.fromCharCode(Number.parseInt(source.slice(at, at + 2), 16)) };
        at += 2;
      }
    } else {
      plain.lastIndex = at;
      const bytes = plain.exec(source)?.[0] ?? "";
      at += Math.max(1, bytes.length);
      yield { kind: "text", bytes };
    }
  }
}
