import type { Range } from "../contract/documents.ts";
import { operatorsIn, type Operator } from "./claim-lexicon.ts";
import { isReporting, isSameWord, tokensOf, withoutLead, type Token } from "./claim-tokens.ts";

/** A source made ready for many claims. */
export interface ClaimSource {
  readonly text: string;
  readonly sentences: readonly {
    readonly start: number;
    readonly end: number;
    readonly tokens: readonly Token[];
  }[];
}

/** Longer ones are no single claim. */
const LONGEST_CLAIM = 80;
const MOST_SENTENCES = 3;
/** Words that a phrase at the beginning or end of a claim may have and still be moved. */
const LONGEST_MOVED = 4;
const LONGEST_AGENT = 3;
const PASSIVE = new Set(["by", "von", "vom", "durch"]);
const AUXILIARY = /(?<!\p{L})(?:is|are|was|were|be|been|being|wird|werden|wurde|wurden|worden)(?!\p{L})/iu;
const UNKNOWN_SCRIPT =
  /(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}])\p{L}/u;
const NUMERAL = /^[〇零一二两三四五六七八九十百千万亿]$/u;
const MAGNITUDE =
  /^(?:hundred|thousand|million|millions|billion|billions|trillion|trillions|bn|tsd|tausend|mio|million|millionen|mrd|milliarde|milliarden|billionen|[ap]m|bc|ad|bce|percentage|promille)$/u;
/** Common ones that hardly ever are another word. */
const SURNAME =
  /^[王李张刘陈杨赵吴徐孙朱胡郭罗郑梁谢宋唐韩冯邓曹彭萧肖董潘袁蔡蒋杜魏吕丁沈姚卢傅姜崔谭廖范汪陆贾韦邹熊孟秦阎薛侯郝邵顾赖贺尹黄周马]$/u;
const HAN = /\p{Script=Han}/u;
const NOT = /^[不没未无非勿莫毋]$/u;
/** Counted, since a "not" more turns it back; of the others it matters that they are there. */
const COUNTED: readonly Operator[] = ["negation", "unsure"];
/** Wherever they stand in a sentence they say something of all of it. */
const OF_WHOLE: readonly Operator[] = ["condition", "report"];
const QUESTION = /[?？]["'”’」』)）\s]*$/u;

export function makeClaimSource(text: string, sentences: readonly Range[]): ClaimSource {
  return {
    text,
    sentences: sentences.map(({ start, end }) => ({
      start,
      end,
      tokens: tokensOf(text.slice(start, end), start),
    })),
  };
}

/**
 * The sentences of the source that say what the claim says: all its words in the same order and the same
 * relations, within parts of sentences that belong together, and with the same negations, conditions,
 * modal verbs and comparisons on both sides. A phrase may stand at the other end, and the passive be used.
 * Null when that cannot be said; then the claim may still be true.
 */
export function findSupport(claim: string, source: ClaimSource): Range | null {
  // Of other languages it is not known here how they say "not".
  if (UNKNOWN_SCRIPT.test(claim)) return null;
  const tokens = tokensOf(withoutLead(claim));
  if (tokens.length === 0 || tokens.length > LONGEST_CLAIM) return null;
  for (let count = 1; count <= MOST_SENTENCES; count += 1) {
    for (let first = 0; first + count <= source.sentences.length; first += 1) {
      const sentences = source.sentences.slice(first, first + count);
      // Who asks says nothing.
      if (sentences.some(({ start, end }) => QUESTION.test(source.text.slice(start, end)))) continue;
      const window = sentences.flatMap((sentence, at) =>
        sentence.tokens.map((token, index): Token =>
          at > 0 && index === 0 ? { ...token, gap: "hard" } : token,
        ),
      );
      const range = { start: sentences[0]!.start, end: sentences.at(-1)!.end };
      if (isSaidBy(claim, tokens, source.text, window, range)) return range;
    }
  }
  return null;
}

function isSaidBy(
  claim: string,
  tokens: readonly Token[],
  text: string,
  window: readonly Token[],
  range: Range,
): boolean {
  const known = tokens.filter(
    (token) => !isReporting(token) || window.some((other) => isSameWord(token, other)),
  );
  if (known.length === 0) return false;
  // What was put in another order is a part by itself: over a comma it could be put together anew.
  const versions = [
    { words: known, isPart: false },
    ...moved(known).map((words) => ({ words, isPart: true })),
  ];
  const operators = operatorsIn(claim);
  const isSaid = (words: readonly Token[], version: (typeof versions)[number]): boolean =>
    starts(version.words, words).some((start) => {
      const used = align(version.words, words, start, version.isPart);
      return used !== null && hasSameOperators(operators, used, window, text, range);
    });
  return (
    versions.some((version) => isSaid(window, version)) ||
    activeOf(claim, known).some((words) => isSaid(window, { words, isPart: true })) ||
    activeOf(text.slice(range.start, range.end), window).some((words) =>
      versions.some((version) => isSaid(words, { ...version, isPart: true })),
    )
  );
}

function starts(claim: readonly Token[], words: readonly Token[]): number[] {
  return words.flatMap((_word, at) => (standsAt(claim, 0, words, at) ? [at] : []));
}

/** Where a word of the claim ends that begins at `index`: more signs than one in Chinese. */
function endOfWord(claim: readonly Token[], index: number): number {
  let end = index + 1;
  while (claim[end]?.isContinued) end += 1;
  return end;
}

/** The whole word of the claim, sign for sign, not behind a "不" that the claim has not, no part of a number. */
function standsAt(claim: readonly Token[], index: number, words: readonly Token[], at: number): boolean {
  const end = endOfWord(claim, index);
  for (let next = index; next < end; next += 1) {
    const word = words[at + next - index];
    if (!word || !isSameWord(claim[next]!, word)) return false;
    if (next > index && word.gap !== "none") return false;
  }
  const first = claim[index]!.text;
  const before = words[at]?.gap === "none" ? words[at - 1]?.text : undefined;
  const behind = words[at + end - index];
  const isTurned = before !== undefined && NOT.test(before);
  // 十元 does not stand in 九十元, nor 三 in 三十.
  const isCut = before !== undefined && NUMERAL.test(before) && NUMERAL.test(first);
  // 小明 does not stand in 王小明, nor 王明.
  const isNamed = before !== undefined && SURNAME.test(before);
  if ((isTurned || isCut || isNamed) && claim[index - 1]?.text !== before) return false;
  if (isGivenName(claim, index) && before !== claim[index - 1]!.text) return false;
  if (behind?.gap !== "none" || (claim[end] && isSameWord(claim[end], behind))) return true;
  const last = words[at + end - index - 1]!;
  // 900元 does not stand in 900美元.
  if (isNumber(last) && claim[end] && HAN.test(behind.text) && HAN.test(claim[end].text)) return false;
  // "5" does not stand in "5 million", nor "Anna" in "Anna's mother".
  return !last.isOwner && !(isNumber(last) && (MAGNITUDE.test(behind.text) || NUMERAL.test(behind.text)));
}

function isNumber({ text }: Token): boolean {
  return NUMERAL.test(text) || /^-?\p{N}/u.test(text);
}

/** The claim's word follows a surname at once. */
function isGivenName(claim: readonly Token[], index: number): boolean {
  const [surname, name] = [claim[index - 1], claim[index]];
  return surname !== undefined && SURNAME.test(surname.text) && surname.end === name!.start;
}

/**
 * The tokens of the source that the claim's words follow in order, each the nearest; null where they do not.
 * `isPart`: all of them between two breaks.
 */
function align(
  claim: readonly Token[],
  words: readonly Token[],
  start: number,
  isPart: boolean,
): Token[] | null {
  const used: Token[] = [];
  let at = start;
  for (let index = 0; index < claim.length;) {
    if (index > 0) {
      const from = at;
      while (at < words.length && !standsAt(claim, index, words, at)) at += 1;
      if (at >= words.length) return null;
      const breaks = words.slice(from, at + 1).map(({ gap }) => gap);
      if (breaks.some((gap) => gap !== "none")) {
        const isFollowed = at === from || claim[index]!.gap !== "none" || isSubject(claim, index);
        if (isPart || words[at]!.gap === "none" || !isFollowed) return null;
        if (breaks.includes("hard") && claim[index]!.gap === "none") return null;
      }
    }
    if (!isSameRelation(claim[index]!, words[at]!) || isOwnedByOther(claim, index, words, at)) return null;
    const end = endOfWord(claim, index);
    for (const word of words.slice(at, at + end - index)) used.push(word);
    at += end - index;
    index = end;
  }
  return used;
}

/** So little stands before `index` that it goes with each part that follows: one word, or a name. */
function isSubject(claim: readonly Token[], index: number): boolean {
  const before = claim.slice(0, index);
  if (operatorsIn(before.map(({ text }) => text).join(" ")).size > 0) return false;
  return endOfWord(claim, 0) === index || (index <= 2 && before.every(({ isCapital }) => isCapital));
}

function isSameRelation(token: Token, word: Token): boolean {
  if (token.article !== null && word.article !== null && token.article !== word.article) return false;
  if (token.relation === word.relation) return true;
  // "grew 12 percent", "grew by 12 percent".
  return (
    /^-?\p{N}/u.test(token.text) &&
    [token.relation, word.relation].every((each) => each === null || each === "by")
  );
}

/** "The mother of Anna pays" does not say that Anna does. */
function isOwnedByOther(
  claim: readonly Token[],
  index: number,
  words: readonly Token[],
  at: number,
): boolean {
  if (!words[at]!.isOwned || claim[index]!.isOwned || claim[index]!.isOwner) return false;
  const [before, owned] = [claim[index - 1], words[at - 1]];
  return !before || !owned || !isSameWord(before, owned);
}

function hasSameOperators(
  claimed: ReadonlyMap<Operator, number>,
  used: readonly Token[],
  window: readonly Token[],
  text: string,
  range: Range,
): boolean {
  const said = operatorsIn(partsOf(used, window, text, range));
  const whole = operatorsIn(text.slice(range.start, range.end));
  if (OF_WHOLE.some((operator) => whole.has(operator) !== claimed.has(operator))) return false;
  return [...new Set([...claimed.keys(), ...said.keys()])].every((operator) => {
    if (OF_WHOLE.includes(operator)) return true;
    const [one, other] = [claimed.get(operator) ?? 0, said.get(operator) ?? 0];
    return COUNTED.includes(operator) ? one === other : one > 0 === other > 0;
  });
}

/** The parts between commas and "and"s in which a used word stands, whole. */
function partsOf(used: readonly Token[], window: readonly Token[], text: string, range: Range): string {
  const parts: string[] = [];
  const isUsed = new Set(used.map((token) => token.start));
  let start = range.start;
  let hasUsed = false;
  for (const [at, token] of window.entries()) {
    if (at > 0 && token.gap !== "none") {
      // What parts them stands behind the word before: "not" between two parts belongs to the second.
      if (hasUsed) parts.push(text.slice(start, window[at - 1]!.end));
      start = window[at - 1]!.end;
      hasUsed = false;
    }
    hasUsed ||= isUsed.has(token.start);
  }
  if (hasUsed) parts.push(text.slice(start, range.end));
  return parts.join("\n");
}

/** The claim with its first or last phrase at the other end. */
function moved(claim: readonly Token[]): Token[][] {
  const versions: Token[][] = [];
  for (let length = 1; length <= LONGEST_MOVED && length < claim.length; length += 1) {
    const rest = claim.length - length;
    if (claim[0]?.beginsPhrase && !claim[length]?.isContinued)
      versions.push([...claim.slice(length), ...claim.slice(0, length)]);
    if (claim[rest]?.beginsPhrase) versions.push([...claim.slice(rest), ...claim.slice(0, rest)]);
  }
  return versions;
}

/** "X was done by Y" as "Y did X", in each way that the phrases may be cut; none where it is no passive. */
function activeOf(text: string, claim: readonly Token[]): Token[][] {
  const versions: Token[][] = [];
  const done = claim.findIndex((token) => token.text === "被" || token.text === "由");
  if (done > 0) versions.push([...claim.slice(done + 1), ...claim.slice(0, done)]);
  if (!AUXILIARY.test(text)) return versions;
  const by = claim.findIndex(({ relation }) => relation !== null && PASSIVE.has(relation));
  if (by < 1) return versions;
  const plain = claim.map((token): Token => ({ ...token, article: null }));
  for (let length = 1; length <= LONGEST_AGENT && by + length <= claim.length; length += 1) {
    const agent = plain.slice(by, by + length).map((token): Token => ({ ...token, relation: null }));
    const behind = plain.slice(by + length);
    const others = [...plain.slice(0, by), ...behind];
    // English has the deed before "by", German at the end.
    const deeds = new Set([others.length - 1, by - 1, by - 2, by - 3].filter((at) => at >= 0));
    for (const deed of deeds) versions.push([...agent, others[deed]!, ...others.toSpliced(deed, 1)]);
  }
  return versions;
}
