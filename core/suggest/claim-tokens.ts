import { segmenterFor } from "../contract/segmenter.ts";

/** A word, number or Chinese sign of a sentence that says something, in order. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The word before it that says how it belongs: by, to, from, than; null when none does. */
  readonly relation: string | null;
  /** The German article before it, which tells who gives from who takes. */
  readonly article: string | null;
  /** What parts it from the token before: nothing, a comma or "and", or more than that. */
  readonly gap: "none" | "soft" | "hard";
  /** A preposition or conjunction stands before it: it begins a phrase that may stand elsewhere. */
  readonly beginsPhrase: boolean;
  /** Part of the word that the token before it begins (Chinese and Japanese). */
  readonly isContinued: boolean;
  readonly isCapital: boolean;
  /** What follows belongs to it: "Anna's mother", 张三的父亲. */
  readonly isOwner: boolean;
  /** It belongs to what stands before: "the mother of Anna". */
  readonly isOwned: boolean;
}

const split = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Say nothing by themselves: what a sentence means stays when they come or go. */
const LIGHT = split(
  "a an the this that these those it its of in on at is are was were be been being am do does did has have had having with as which who there here so also then such will would may can could might must shall should cannot " +
    "das dies diese dieser dieses diesem diesen ein eine einer eines einem einen es in im am an auf bei mit ist sind war waren wird werden wurde wurden worden sein hat haben hatte hatten um zu auch dass daß jedoch dabei hierbei dann welche welcher welches darf dürfen kann können muss müssen soll sollen sollte sollten",
);
const PHRASES = split("in on at with of if unless im in am an auf bei mit um wenn falls sofern 在 于 当");
const LIGHT_SIGNS = split("的 了 在 于 是 将 把 也 都 所 其 该 之 着 过 就 并 且 还 有 与 和 及 当 但 而 却");
/** Say who does it to whom, from where, till when: must stand on both sides. */
const RELATIONS = split(
  "by to from into than before after until till since above below over under against without via per between within beyond " +
    "von vom zum zur bis vor nach seit über unter gegen ohne durch als ab aus für",
);
/** Before a number they say that it was reached, not that it was added. */
const TOWARDS = split("auf 至 到");
const NEGATIVE = split("minus");
const HALF_OF_DAY = /^[ap]m$/u;
const OWNER = /['’]s?\P{L}?$|[的/]$/u;
const ARTICLES = split("der die den dem des");
const SOFT = split("and or but while whereas although though und oder aber sondern während sowie doch");
/** What follows hangs on what stands before the comma. */
const DEPENDENT = /^\s*(?:that|whether|dass|daß|ob)(?!\p{L})/iu;
const REPORTING = split(
  "according document documents source sources passage text states stated says said mentions mentioned notes laut dokument unterlagen quelle gemäß zufolge",
);

const LEAD = /^\s*(?:(?:根据|按照|依据)[^，,。]{1,12}[，,]|(?:文件|资料)(?:显示|指出|表明)[，,：:]?)/u;

const UNITS: ReadonlyMap<string, string> = new Map([
  ["%", "percent"],
  ["prozent", "percent"],
  ["€", "euro"],
  ["euros", "euro"],
  ["eur", "euro"],
  ["$", "dollar"],
  ["dollars", "dollar"],
  ["usd", "dollar"],
  ["£", "pound"],
  ["pounds", "pound"],
  ["gbp", "pound"],
]);
const CURRENCIES = new Set(["€", "$", "£"]);
const NUMBERS: ReadonlyMap<string, string> = new Map(
  [
    "one two three four five six seven eight nine ten eleven twelve",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
  ].flatMap((words) => words.split(" ").map((word, at) => [word, String(at + 1)] as const)),
);

const PIECE =
  /(?<![\p{L}\p{N}])[-−](?=\p{N})[\p{N}.,]*\p{N}|\p{N}+(?:[.,:/'’–−-]\p{N}+)*(?:(?:er|ern|[A-Za-z])(?!\p{L}))?|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)?|[%€$£]|[;；!！?？]|[,，、(（)）–—:：]/gu;
const CUT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const GROUPED = /^-?\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,2})?$/u;
const ONE_MARK = /^-?[1-9]\d{0,2}[.,]\d{3}$/u;
const cutWords = segmenterFor("zh", "word");

function numberOf(text: string): string {
  const plain = text.normalize("NFKC").replace(/[–−]/gu, "-");
  // 1.234 and 1,234 may be the same number or not: see isSameNumber.
  if (ONE_MARK.test(plain)) return plain;
  if (GROUPED.test(plain)) return plain.replace(/[.,'’](?=\d{3})/gu, "").replace(",", ".");
  return plain.replace(/^(-?\d+),(\d+)$/u, "$1.$2");
}

/** In small letters, without "'s"; "doesn't" is "not", and May the month another word than "may". */
function wordOf(piece: string, behind: string, isFirst: boolean): string {
  if (piece === "May" && (!isFirst || /\d/u.test(behind))) return "month-may";
  const word = piece.toLowerCase();
  return /n['’]t$/u.test(word) ? "not" : word.replace(/['’].*$/u, "");
}

/** The tokens of one sentence that starts at `offset` of its text. */
export function tokensOf(sentence: string, offset = 0): Token[] {
  const tokens: Token[] = [];
  const continued = continuations(sentence);
  let relation: string | null = null;
  let article: string | null = null;
  let gap: Token["gap"] = "none";
  let hasPreposition = false;
  let isOwned = false;
  let sign = "";
  const push = (text: string, at: number, length: number, isContinued = false): void => {
    const beginsPhrase = hasPreposition || relation !== null || /^\p{N}/u.test(text);
    const isCapital = /^\p{Lu}/u.test(sentence.slice(at, at + 2));
    const range = { start: offset + at, end: offset + at + length };
    const isOwner = OWNER.test(sentence.slice(at, at + length + 1));
    tokens.push({
      text: sign + text,
      ...range,
      relation,
      article,
      gap,
      beginsPhrase,
      isContinued,
      isCapital,
      isOwner,
      isOwned,
    });
    relation = null;
    article = null;
    gap = "none";
    hasPreposition = false;
    isOwned = false;
    sign = "";
  };
  for (const match of sentence.matchAll(PIECE)) {
    const piece = match[0];
    const at = match.index;
    const word = wordOf(piece, sentence.slice(at + piece.length, at + piece.length + 2), at === 0);
    const behind = sentence.slice(at + piece.length);
    hasPreposition ||= PHRASES.has(word);
    isOwned ||= word === "of";
    if (/^[;；!！?？]$/u.test(piece)) gap = "hard";
    else if (/^[,，、(（)）–—:：]$/u.test(piece)) {
      if (gap === "none" && !DEPENDENT.test(sentence.slice(at + 1, at + 12))) gap = "soft";
    } else if (TOWARDS.has(word) && /^\s*[\p{N}〇零一二两三四五六七八九十百千万亿]/u.test(behind))
      relation = word;
    else if (NEGATIVE.has(word) && /^\s\p{N}/u.test(behind)) sign = "-";
    else if (HALF_OF_DAY.test(word) && /\p{N}\s?$/u.test(sentence.slice(Math.max(0, at - 2), at)))
      push(word, at, piece.length);
    else if (CUT.test(piece)) {
      if (!LIGHT_SIGNS.has(piece)) push(piece, at, piece.length, continued.has(at) && gap === "none");
    } else if (SOFT.has(word)) {
      if (gap === "none") gap = "soft";
    } else if (RELATIONS.has(word)) relation = word;
    else if (ARTICLES.has(word)) article = word;
    else if (CURRENCIES.has(piece) && /^\s*\p{N}/u.test(sentence.slice(at + 1, at + 4))) continue;
    else if (/^-?\p{N}/u.test(piece)) {
      push(numberOf(piece), at, piece.length);
      const currency = /([€$£])\s*$/u.exec(sentence.slice(Math.max(0, at - 3), at))?.[1];
      if (currency !== undefined) push(UNITS.get(currency) ?? currency, at, piece.length);
    } else if (!LIGHT.has(word)) push(NUMBERS.get(word) ?? UNITS.get(word) ?? word, at, piece.length);
  }
  return tokens;
}

/** Signs that belong to the word of the sign before them, by a dictionary: only the claim is cut so. */
function continuations(sentence: string): ReadonlySet<number> {
  const found = new Set<number>();
  if (!CUT.test(sentence)) return found;
  for (const { segment, index } of cutWords(sentence))
    for (let at = 1; at < segment.length; at += 1) if (CUT.test(segment)) found.add(index + at);
  return found;
}

/** A sentence without the words at its beginning that only say where it is from. */
export function withoutLead(claim: string): string {
  return claim.replace(LEAD, "");
}

/** Words by which an answer says that it reports; a source need not hold them. */
export function isReporting(token: Token): boolean {
  return REPORTING.has(token.text);
}

const ENDINGS = split("s es ed d ing e en n em m es t te ten");

/** Two names may be alike but for an ending: Bern and Bernd, William and Williams. */
const NAME_ENDINGS = split("s es n en");
const SHORTEST_WITH_ENDING = 8;

/** The same word in another form: "approves" and "approved", "genehmigte" and "genehmigt". */
export function isSameWord(one: Token, other: Token): boolean {
  const [left, right] = [one.text, other.text];
  if (left === right || isSameNumber(left, right)) return true;
  let common = 0;
  while (common < left.length && left[common] === right[common]) common += 1;
  const isName = one.isCapital && other.isCapital;
  if (common < (isName ? SHORTEST_WITH_ENDING : 3) || !/^\p{L}+$/u.test(left + right)) return false;
  const endings = isName ? NAME_ENDINGS : ENDINGS;
  return [left.slice(common), right.slice(common)].every((ending) => ending === "" || endings.has(ending));
}

/** 1,234 and 1234, 1.234 and 1234; not 1.234 and 1,234, of which one may be a thousandth of the other. */
function isSameNumber(left: string, right: string): boolean {
  if (ONE_MARK.test(left) === ONE_MARK.test(right)) return false;
  return left.replace(/[.,]/u, "") === right.replace(/[.,]/u, "");
}
