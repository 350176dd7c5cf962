import chardet from "chardet";
import iconv from "iconv-lite";
import { scoreMultiByte } from "./multi-byte-encodings.ts";
import { scoreSingleByte } from "./single-byte-encodings.ts";

/** Text out of bytes, the encoding that was found, and how many bytes made no sense in it. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
  readonly badBytes: number;
}

const sampleBytes = 128 * 1024;

/** Decodes text of unknown encoding: byte order mark, UTF-8, UTF-16 by its zeros, then by likelihood. */
export function decodeText(bytes: Uint8Array, hint?: string | null): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked) return decodeAs(bytes.subarray(marked.length), marked.encoding);
  const wide = utf16Unmarked(bytes);
  if (wide) return decodeAs(bytes, wide);
  if (hasIsoEscapes(bytes)) {
    const decoded = decodeIso2022Jp(bytes);
    if (decoded) return decoded;
  }
  const utf8 = utf8Shape(bytes);
  if (utf8.bad === 0) return { text: new TextDecoder().decode(bytes), encoding: "utf-8", badBytes: 0 };
  if (hint && iconv.encodingExists(hint) && !/^(utf|ucs)/i.test(hint)) {
    const decoded = decodeAs(bytes, hint);
    if (decoded.badBytes === 0) return decoded;
  }
  const asUtf8 = (): DecodedText => ({
    text: new TextDecoder().decode(bytes),
    encoding: "utf-8",
    badBytes: utf8.bad,
  });
  // A UTF-8 file with a few broken bytes stays UTF-8: its whole sequences outnumber the broken ones.
  if (utf8.good >= utf8.bad * 4) return asUtf8();
  const multiByte = scoreMultiByte(bytes.subarray(0, sampleBytes));
  if (multiByte && multiByte.score >= 0.6) return decodeAs(bytes, multiByte.encoding);
  if (utf8.good > 0 && utf8.good * 4 >= utf8.bad) return asUtf8();
  return decodeAs(bytes, likelyEncoding(bytes.subarray(0, sampleBytes), multiByte));
}

/** Decodes with an encoding that is already known; unknown names fall back to detection. */
export function decodeKnown(bytes: Uint8Array, encoding: string): string {
  return iconv.encodingExists(encoding) ? iconv.decode(bytes, encoding) : decodeText(bytes).text;
}

function decodeAs(bytes: Uint8Array, encoding: string): DecodedText {
  const text = iconv.decode(bytes, encoding, { stripBOM: true });
  return { text, encoding, badBytes: text.split("\ufffd").length - 1 };
}

function byteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: "utf-32le", length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: "utf-32be", length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", length: 2 };
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return { encoding: "gb18030", length: 4 };
  return null;
}

/**
 * UTF-16 without a mark: blanks, line ends and Latin letters leave zeros on one side only; East Asian
 * text without any shows by its everyday signs.
 */
function utf16Unmarked(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(bytes.length, sampleBytes) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const pairs = length / 2;
  for (const encoding of ["utf-16le", "utf-16be"] as const) {
    const [zeros, others] = encoding === "utf-16le" ? [odd, even] : [even, odd];
    const text = iconv.decode(bytes.subarray(0, length), encoding);
    const odds = text.match(/[\p{Cn}\p{Co}\p{Surrogate}]|[^\P{Cc}\t\r\n\f]/gu)?.length ?? 0;
    if (odds > pairs * 0.02) continue;
    if (zeros >= Math.max(2, pairs * 0.2) && others <= zeros * 0.05) return encoding;
    const wide = text.match(/[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]/g)?.length ?? 0;
    const usual =
      text.match(/[的一是不了在人有我这這中大为為国國地到说說要就出会會也你ぁ-んァ-ン이다는을의에가고하로]/g)
        ?.length ?? 0;
    if (wide + zeros >= pairs * 0.9 && usual >= wide * 0.05) return encoding;
  }
  return null;
}

function hasIsoEscapes(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, sampleBytes);
  for (let index = 0; index + 2 < length; index++) {
    if (bytes[index] === 0x1b && (bytes[index + 1] === 0x24 || bytes[index + 1] === 0x28)) return true;
  }
  return false;
}

/** ISO-2022-JP: seven-bit Japanese with escapes, rewritten as EUC-JP. Null when it is not that. */
function decodeIso2022Jp(bytes: Uint8Array): DecodedText | null {
  const out: number[] = [];
  let double = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x80) return null;
    if (byte === 0x1b) {
      const kind = bytes[index + 1];
      if (kind !== 0x24 && kind !== 0x28) return null;
      double = kind === 0x24;
      index += 2;
    } else {
      out.push(double && byte > 0x20 ? byte | 0x80 : byte);
    }
  }
  return { ...decodeAs(Uint8Array.from(out), "euc-jp"), encoding: "iso-2022-jp" };
}

/** How many whole multi-byte sequences and how many broken bytes the bytes have as UTF-8. */
export function utf8Shape(bytes: Uint8Array): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) continue;
    const more =
      byte >= 0xc2 && byte <= 0xdf
        ? 1
        : byte >= 0xe0 && byte <= 0xef
          ? 2
          : byte >= 0xf0 && byte <= 0xf4
            ? 3
            : 0;
    let whole = more > 0;
    for (let step = 1; step <= more && whole; step++) whole = ((bytes[index + step] ?? 0) & 0xc0) === 0x80;
    const second = bytes[index + 1] ?? 0;
    if ((byte === 0xe0 && second < 0xa0) || (byte === 0xed && second > 0x9f)) whole = false;
    if ((byte === 0xf0 && second < 0x90) || (byte === 0xf4 && second > 0x8f)) whole = false;
    if (whole) {
      good++;
      index += more;
    } else if (index + more < bytes.length || more === 0) {
      bad++;
    } else {
      // The file (or sample) ends inside a character: one broken byte, not a sign of another encoding.
      bad++;
      break;
    }
  }
  return { good, bad };
}

function likelyEncoding(sample: Uint8Array, multiByte: { encoding: string; score: number } | null): string {
  const singleByte = scoreSingleByte(sample);
  if (singleByte.score >= 0.75) return singleByte.encoding;
  const guess = chardet
    .analyse(sample)
    .find(({ name }) => /^(windows|iso-8859|koi8|ibm|cp|tis)/i.test(name) && iconv.encodingExists(name));
  const confidence = guess?.confidence ?? 0;
  if (multiByte && multiByte.score >= 0.35 && confidence < 30) return multiByte.encoding;
  if (singleByte.score >= 0.4 || !guess) return singleByte.encoding;
  // What is labelled Latin-1 or Latin-5 on disk is the Windows superset in practice (as browsers hold).
  if (/^iso-8859-1$/i.test(guess.name)) return "windows-1252";
  if (/^iso-8859-9$/i.test(guess.name)) return "windows-1254";
  return guess.name;
}
