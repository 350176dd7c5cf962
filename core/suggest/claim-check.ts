import type { Range } from "../contract/documents.ts";
import type { Citation } from "../contract/suggest.ts";
import type { TextWords } from "../contract/text-words.ts";
import { findSupport, makeClaimSource } from "./claim-support.ts";
import { findQuote, makeQuotedText, quotationsIn } from "./quotations.ts";

/** How a claim stands to one source, and where in the source's text; null where it is not found. */
export interface Checked {
  readonly state: Citation["state"];
  readonly place: Range | null;
}

/** `isQuoted`: the claim is a Markdown block of quotation. */
export type ClaimCheck = (claim: string, isQuoted: boolean) => Checked;

/** Share of a claim's content words that must stand together for it to be near. */
const NEAR = 0.7;
const MOST_SENTENCES = 3;
const NOT_FOUND: Checked = { state: "not-found", place: null };

/** Checks claims against one source, whose sentences and words are made once. */
export function makeClaimCheck(text: string, words: TextWords): ClaimCheck {
  const sentences = words.sentences(text);
  const source = makeClaimSource(text, sentences);
  const quoted = makeQuotedText(text, sentences);
  const terms = sentences.map((range) => ({
    ...range,
    terms: new Set(words.terms(text.slice(range.start, range.end))),
  }));

  return (claim, isQuoted) => {
    const quotations = quotationsIn(claim, isQuoted);
    if (quotations.length > 0) {
      let longest: Range | null = null;
      let isWhole = true;
      for (const quotation of quotations) {
        const found = findQuote(quoted, quotation, claim);
        if (!found) return NOT_FOUND;
        isWhole &&= found.isWhole;
        if (!longest || found.end - found.start > longest.end - longest.start)
          longest = { start: found.start, end: found.end };
      }
      return { state: isWhole ? "exact" : "near", place: longest };
    }
    const support = findSupport(claim, source);
    if (support) return { state: "supported", place: support };
    const near = findNear(words.questionTerms(claim), terms);
    return near ? { state: "near", place: near } : NOT_FOUND;
  };
}

/** The one to three neighbouring sentences that hold most of the words, all numbers among them. */
function findNear(
  wanted: readonly string[],
  sentences: readonly (Range & { readonly terms: ReadonlySet<string> })[],
): Range | null {
  if (wanted.length === 0) return null;
  const numbers = wanted.filter((term) => /\d/.test(term));
  let best: (Range & { readonly share: number }) | null = null;
  for (const [first, { start }] of sentences.entries()) {
    const terms = new Set<string>();
    for (const sentence of sentences.slice(first, first + MOST_SENTENCES)) {
      for (const term of sentence.terms) terms.add(term);
      const share = wanted.filter((term) => terms.has(term)).length / wanted.length;
      if (share < NEAR || !numbers.every((term) => terms.has(term))) continue;
      const isNarrower =
        best !== null && share === best.share && sentence.end - start < best.end - best.start;
      if (best === null || share > best.share || isNarrower) best = { start, end: sentence.end, share };
    }
  }
  return best && { start: best.start, end: best.end };
}
