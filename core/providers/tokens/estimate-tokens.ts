/**
 * A high estimate of the tokens of a text, for a model whose tokenizer is not at hand: the one such estimate there is.
 * What a text costs depends on how well a vocabulary knows its language, so each stretch of words is judged by the
 * signs of its language. The figures are those of Qwen's tokenizer, rounded against us; `estimate-tokens.test.ts`
 * holds for some forty languages that it is never low, and how high it is.
 */
export function estimateTokens(text: string): number {
  let sum = 0;
  let words: string[] = [];
  for (const [piece] of text.normalize("NFC").matchAll(pieces)) {
    if (!beginsWithLetter.test(piece)) {
      sum += costOfSign(piece);
      continue;
    }
    words.push(piece);
    if (words.length < stretch) continue;
    sum += costOfWords(words);
    words = [];
  }
  return Math.ceil(sum + costOfWords(words));
}

/** Words that are judged together: enough for a language to show, few enough for one letter in two languages. */
const stretch = 60;
/**
 * A word; or what stands alone: a digit, a sign, a line end, a longer gap, the space before a digit. Any other space
 * goes with the word after it.
 */
const pieces = /[\p{L}\p{M}]+|[^\p{L}\p{M}\s]|\s(?=\p{N})|\n+|[^\S\n]{2,}/gu;
const beginsWithLetter = /^[\p{L}\p{M}]/u;

function costOfSign(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  // Pictures, and signs that are rarely written, are spelt out in bytes.
  return code > 0xffff ? 3 : code > 0x2e7f && code < 0xff00 ? 1.2 : 1.5;
}

/** What of a word does not hang on its neighbours; kept, as the words of a text come again and again. */
interface Features {
  readonly length: number;
  readonly isLatin: boolean;
  readonly isEnglish: boolean;
  readonly isWestern: boolean;
  /** It has a letter that no western language has. */
  readonly isElsewhere: boolean;
  readonly isSpelt: boolean;
  readonly isVietnamese: boolean;
  /** Letters beyond ASCII, and those of them that are not found in many known words. */
  readonly marks: number;
  readonly rareMarks: number;
}

const mostKept = 20_000;
const longestKept = 40;
let kept = new Map<string, Features>();

function featuresOf(word: string): Features {
  const known = kept.get(word);
  if (known !== undefined) return known;
  const lower = word.toLowerCase();
  const marks = [...word].filter((letter) => letter > "\u007f");
  const features: Features = {
    length: word.length,
    isLatin: /\p{Script=Latin}/u.test(word),
    isEnglish: englishWords.has(lower),
    isWestern: westernWords.has(lower),
    isElsewhere: elsewhere.test(word),
    isSpelt: isSpelt(word),
    isVietnamese: word.length <= 6 && vietnamese.test(word),
    marks: marks.length,
    rareMarks: marks.filter((letter) => !commonMarks.test(letter)).length,
  };
  if (word.length <= longestKept) {
    if (kept.size >= mostKept) kept = new Map();
    kept.set(word, features);
  }
  return features;
}

function costOfWords(words: readonly string[]): number {
  const features = words.map(featuresOf);
  const latin = features.filter(({ isLatin }) => isLatin);
  const cost = latinCost(latin);
  let sum = 0;
  for (const one of latin) sum += one.isSpelt ? Math.max(1.2, one.length / 1.6) : cost(one);
  if (latin.length === words.length) return sum;
  const others = words.filter((_word, at) => features[at]?.isLatin === false);
  const perToken = lettersPerToken(others.join(""));
  const letters = scripts.map(({ name }) => perToken[name]);
  for (const word of others) sum += costByLetters(word, letters);
  return sum;
}

const englishWords = new Set(
  "the of and to in is that for it with as are this be not or by from at which you we have will was on your if can an".split(
    " ",
  ),
);
/** Of German, Dutch, French, Spanish, Portuguese and Italian, which vocabularies know well too. */
const westernWords = new Set(
  (
    "der die das und ist nicht ein eine mit für von zu den dem im auf bei wir sie oder werden het een van niet voor met " +
    "zijn wordt dat le les des et est une dans pour que qui pas sur par vous nous au avec el los las del una por con para " +
    "como su os dos das uma não com ao em il che per non gli della delle dei sono alla de di la da e è en ou"
  ).split(" "),
);
/** Letters that none of those languages has. */
const elsewhere = /[^\p{ASCII}\u00c0-\u00ffœ]/u;
/** Short words with these are Vietnamese: nearly each one is known whole. */
const vietnamese = /[ăđơư\u1ea0-\u1eff]/iu;
/** Letters with marks that are found in many known words. */
const commonMarks = /[ąęłżśćńźğışçöüäõóå]/iu;
/** Two capitals, or no vowel at all: codes and headings in capitals, which come in short pieces. */
const isSpelt = (word: string): boolean =>
  word.length > 3 && (/\p{Lu}.*\p{Lu}/u.test(word) || !/[aeiouyà-ÿ\u0100-\u1eff]/iu.test(word));

/** How the Latin words of a stretch count: English, well known, or any other language. */
function latinCost(words: readonly Features[]): (word: Features) => number {
  const share = (holds: (word: Features) => boolean) =>
    words.filter(holds).length / Math.max(1, words.length);
  const english = share((word) => word.isEnglish);
  const western = share((word) => word.isWestern);
  if (english >= 0.18 && english > western)
    return ({ length, marks }) => Math.max(1, length / 5) + 0.05 + marks * 0.5;
  if (western >= 0.1 && share((word) => word.isElsewhere) < 0.03)
    return ({ length, marks }) => Math.max(1.1, (length - 1) / 2.3) + marks * 0.35;
  return ({ length, marks, rareMarks, isVietnamese }) =>
    isVietnamese ? 1.2 : Math.max(1.2, (length + 0.5) / 2.3) + rareMarks + (marks - rareMarks) * 0.35;
}

/** The groups of letters that count alike. */
const scripts = [
  { name: "rare-han", letters: /[\u3400-\u4dbf]/u },
  { name: "han", letters: /\p{Script=Han}/u },
  { name: "kana", letters: /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u },
  { name: "hangul", letters: /\p{Script=Hangul}/u },
  { name: "cyrillic", letters: /\p{Script=Cyrillic}/u },
  { name: "arabic", letters: /\p{Script=Arabic}/u },
  { name: "hebrew", letters: /\p{Script=Hebrew}/u },
  { name: "thai", letters: /\p{Script=Thai}/u },
  { name: "greek", letters: /\p{Script=Greek}/u },
  { name: "caucasian", letters: /[\p{Script=Armenian}\p{Script=Georgian}]/u },
  { name: "indic", letters: /[\p{Script=Devanagari}\p{Script=Tamil}]/u },
  { name: "bengali", letters: /\p{Script=Bengali}/u },
  /** A vowel sign or accent that is no letter's own. */
  { name: "mark", letters: /\p{M}/u },
  /** Scripts that no vocabulary knows: letters are spelt out in bytes. */
  { name: "unknown", letters: /./su },
] as const;
type Script = (typeof scripts)[number]["name"];

/** Letters (and vowel signs) of each script that one token holds in a stretch. */
function lettersPerToken(all: string): Readonly<Record<Script, number>> {
  // Of the languages in this script only Russian is known well: it has these letters, and none of those.
  const isRussian = /[ыэё]/iu.test(all) && !/[іїєґўқңғүұһөјљњћђџѓќ]/iu.test(all);
  const isTurkic = /[қңғүұһөә]/iu.test(all);
  // Persian, Urdu and others write these for what Arabic writes otherwise.
  const isArabic = !/[پچژگکیےٹڈڑہھں]/u.test(all);
  // With vowel signs a word is another one than that which is known.
  const isPointed = /[\u0591-\u05bd\u064b-\u0652]/u.test(all);
  return {
    "rare-han": 0.4,
    han: 1.2,
    kana: 1.3,
    hangul: 1,
    cyrillic: isRussian ? 2.2 : isTurkic ? 1.35 : 1.65,
    arabic: isArabic && !isPointed ? 2.1 : 1.05,
    hebrew: isPointed ? 1.05 : 2.1,
    thai: 1.6,
    greek: 0.92,
    caucasian: 0.82,
    indic: 0.77,
    bengali: 0.75,
    mark: 1,
    unknown: 0.4,
  };
}

/** Of each letter of the basic plane, once it was asked for, the place of its script, from 1; 0: not yet. */
const places = new Uint8Array(0x10000);
const beyond = scripts.findIndex(({ name }) => name === "unknown");

function placeOf(code: number): number {
  const known = places[code] ?? 0;
  if (known > 0) return known - 1;
  const letter = String.fromCodePoint(code);
  const place = scripts.findIndex(({ letters }) => letters.test(letter));
  places[code] = (place < 0 ? beyond : place) + 1;
  return placeOf(code);
}

function costByLetters(word: string, letters: readonly number[]): number {
  let sum = 0;
  // Halves of a letter beyond the basic plane count each, which is high.
  for (let at = 0; at < word.length; at += 1) sum += 1 / (letters[placeOf(word.charCodeAt(at))] ?? 1);
  return sum;
}
