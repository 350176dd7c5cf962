import { z } from "zod";
import type { Encoder } from "./text-tokenizer.ts";
import { makePieceTrie } from "./unigram-trie.ts";

/** What of a `tokenizer.json` is read here; anything else in it makes it another tokenizer's. */
const unigramFile = z.object({
  added_tokens: z.array(z.object({ id: z.number().int(), special: z.boolean() })),
  normalizer: z.object({
    type: z.literal("Sequence"),
    normalizers: z.array(
      z.union([
        z.object({
          type: z.literal("Replace"),
          pattern: z.object({ Regex: z.string() }),
          content: z.string(),
        }),
        z.object({ type: z.literal("NFKC") }),
      ]),
    ),
  }),
  pre_tokenizer: z.object({
    type: z.literal("Metaspace"),
    replacement: z.string().length(1),
    prepend_scheme: z.literal("always"),
  }),
  post_processor: z.object({
    type: z.literal("TemplateProcessing"),
    single: z.array(
      z.union([
        z.object({ SpecialToken: z.object({ id: z.string() }) }),
        z.object({ Sequence: z.object({ id: z.literal("A") }) }),
      ]),
    ),
    special_tokens: z.record(z.string(), z.object({ ids: z.array(z.number().int()) })),
  }),
  model: z.object({
    type: z.literal("Unigram"),
    unk_id: z.number().int(),
    vocab: z.custom<[piece: string, score: number][]>((value) => Array.isArray(value)),
    byte_fallback: z.literal(false),
  }),
});
type UnigramFile = z.infer<typeof unigramFile>;

/** What a character that no piece has costs more than the unlikeliest piece, as SentencePiece has it. */
const unknownPenalty = 10;

/**
 * The tokenizer of a parsed `tokenizer.json` with a unigram vocabulary (SentencePiece): the pieces whose scores add up
 * to most. Null where the file says something that is not known here. Ids are those of transformers.js, but for one
 * thing: text that looks like a special token is text.
 */
export function makeUnigram(parsed: unknown): Encoder | null {
  const read = unigramFile.safeParse(parsed);
  if (!read.success) return null;
  const { added_tokens, model, pre_tokenizer, normalizer, post_processor } = read.data;
  const normalise = normaliser(normalizer, pre_tokenizer.replacement);
  const special = new Set(added_tokens.filter((token) => token.special).map(({ id }) => id));
  const trie = makePieceTrie(model.vocab.map(([piece], id) => (special.has(id) ? "" : piece)));
  const scores = Float64Array.from(model.vocab, ([, score]) => score);
  const unknown = model.unk_id;
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), 0) - unknownPenalty;
  const { before, after } = specialTokens(post_processor);
  let best = new Float64Array(0);
  let starts = new Int32Array(0);
  let pieces = new Int32Array(0);

  function tokens(text: string): number[] {
    const { length } = text;
    if (best.length <= length) {
      best = new Float64Array(length * 2 + 1);
      starts = new Int32Array(length * 2 + 1);
      pieces = new Int32Array(length * 2 + 1);
    }
    best.fill(Number.NEGATIVE_INFINITY, 0, length + 1);
    best[0] = 0;
    const offer = (score: number, start: number, end: number, piece: number): void => {
      if (score <= best[end]!) return;
      best[end] = score;
      starts[end] = start;
      pieces[end] = piece;
    };
    for (let start = 0; start < length; start += 1) {
      const reached = best[start]!;
      // The middle of a character.
      if (reached === Number.NEGATIVE_INFINITY) continue;
      const next = start + (isPair(text, start) ? 2 : 1);
      let isKnown = false;
      trie.match(text, start, (piece, end) => {
        if (end === next) isKnown = true;
        offer(reached + scores[piece]!, start, end, piece);
      });
      if (!isKnown) offer(reached + unknownScore, start, next, unknown);
    }
    const ids: number[] = [];
    for (let end = length; end > 0; end = starts[end]!) {
      const piece = pieces[end]!;
      // Unknown characters beside each other are one token.
      if (piece !== unknown || ids.at(-1) !== unknown) ids.push(piece);
    }
    return ids.toReversed();
  }

  return {
    encode: (text, { add_special_tokens = true } = {}) => {
      const ids = tokens(normalise(text));
      return add_special_tokens ? [...before, ...ids, ...after] : ids;
    },
  };
}

function isPair(text: string, at: number): boolean {
  const code = text.codePointAt(at);
  return code !== undefined && code > 0xffff;
}

function normaliser({ normalizers }: UnigramFile["normalizer"], wordMark: string): (text: string) => string {
  const steps = normalizers.map((step) => {
    if (step.type === "NFKC") return (text: string) => text.normalize("NFKC");
    const pattern = new RegExp(step.pattern.Regex, "gu");
    return (text: string) => text.replace(pattern, () => step.content);
  });
  return (text) => {
    const plain = steps.reduce((made, step) => step(made), text).replaceAll(" ", wordMark);
    return plain === "" || plain.startsWith(wordMark) ? plain : wordMark + plain;
  };
}

function specialTokens({ single, special_tokens }: UnigramFile["post_processor"]) {
  const text = single.findIndex((part) => "Sequence" in part);
  const idsOf = (parts: typeof single): number[] =>
    parts.flatMap((part) =>
      "SpecialToken" in part ? (special_tokens[part.SpecialToken.id]?.ids ?? []) : [],
    );
  return { before: idsOf(single.slice(0, text)), after: idsOf(single.slice(text + 1)) };
}
