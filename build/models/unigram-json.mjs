// @ts-check

/** @typedef {import("./packed-e5.mjs").PackedE5["vocabulary"]} Vocabulary */

/** What stands for a space at the start of a word. */
const wordMark = "\u2581";

/**
 * `tokenizer.json` of an XLM-R vocabulary: SentencePiece's unigram model, with the normalising that its map does stated
 * as rules (controls out, odd spaces to spaces, NFKC that leaves the full-width tilde, runs of spaces to one).
 * @param {Vocabulary} vocabulary the last piece is the mask
 */
export function unigramJson({ pieces, scores, begin, end, pad, unknown }) {
  const mask = pieces.length - 1;
  const special = [begin, pad, end, unknown, mask].map((id) => ({
    id,
    content: pieces[id],
    single_word: false,
    lstrip: id === mask,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const [opening, closing] = [pieces[begin] ?? "", pieces[end] ?? ""];
  /** @param {string} id */
  const token = (id) => ({ SpecialToken: { id, type_id: 0 } });
  const text = { Sequence: { id: "A", type_id: 0 } };
  const other = { Sequence: { id: "B", type_id: 0 } };
  const words = { type: "Metaspace", replacement: wordMark, prepend_scheme: "always", split: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: { type: "Sequence", normalizers },
    pre_tokenizer: words,
    post_processor: {
      type: "TemplateProcessing",
      single: [token(opening), text, token(closing)],
      pair: [token(opening), text, token(closing), token(closing), other, token(closing)],
      special_tokens: {
        [opening]: { id: opening, ids: [begin], tokens: [opening] },
        [closing]: { id: closing, ids: [end], tokens: [closing] },
      },
    },
    decoder: words,
    model: {
      type: "Unigram",
      unk_id: unknown,
      // Nine digits name every single-precision number.
      vocab: pieces.map((piece, id) => [piece, Number((scores[id] ?? 0).toPrecision(9))]),
      byte_fallback: false,
    },
  };
}

/** @param {readonly (number | readonly [number, number])[]} codes single ones and ranges @param {string} content */
function replaced(codes, content) {
  // The characters themselves: not every reader of this file knows escapes in patterns.
  const inside = codes.map((code) =>
    typeof code === "number"
      ? String.fromCharCode(code)
      : code.map((one) => String.fromCharCode(one)).join("-"),
  );
  return { type: "Replace", pattern: { Regex: `[${inside.join("")}]` }, content };
}

const fullWidthTilde = 0xff5e;
/** A place in the private area where the tilde stands while everything else is composed. */
const aside = 0xe0fe;

const normalizers = [
  replaced([[1, 8], 0x0b, [0x0e, 0x1f], 0x7f, 0x8f, 0x9f], ""),
  replaced(
    [
      9,
      10,
      12,
      13,
      0xa0,
      0x1680,
      [0x2000, 0x200f],
      0x2028,
      0x2029,
      0x202f,
      0x205f,
      0x2581,
      0x3000,
      0xfeff,
      0xfffd,
    ],
    " ",
  ),
  {
    type: "Replace",
    pattern: { Regex: String.fromCharCode(fullWidthTilde) },
    content: String.fromCharCode(aside),
  },
  { type: "NFKC" },
  {
    type: "Replace",
    pattern: { Regex: String.fromCharCode(aside) },
    content: String.fromCharCode(fullWidthTilde),
  },
  { type: "Replace", pattern: { Regex: " {2,}" }, content: " " },
];
