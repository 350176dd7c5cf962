import { stemmer } from "stemmer";

/** Latin terms are cut here: measured on English and German, it does what a stemmer per language does. */
const LONGEST_LATIN = 8;
/** Cyrillic, Greek, Armenian and Georgian words carry longer endings and no stemmer of ours. */
const LONGEST_OTHER_ALPHABET = 6;

const SPECIAL_LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ς: "σ",
  ى: "ي",
  ة: "ه",
  ـ: "",
};
const SPECIAL = new RegExp(`[${Object.keys(SPECIAL_LETTERS).join("")}]`, "gu");
/** Accents of European scripts, Arabic vowel signs and hamza; never the vowel signs of Indic scripts or Thai. */
const ACCENTS = /[\u0300-\u036f\u064b-\u065f\u0670]/g;
const LATIN = /^[a-z]+$/;
const OTHER_ALPHABET = /^[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]+$/u;
const ARABIC_ARTICLE = /^(?:وال|بال|كال|فال|ال)(?=\p{Script=Arabic}{3})/u;

/** Compatibility forms, case and accents folded: "Ｓtraße" and "STRASSE" become "strasse". */
export function foldWord(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(ACCENTS, "")
    .normalize("NFC")
    .replace(SPECIAL, (letter) => SPECIAL_LETTERS[letter] ?? letter);
}

/** The stem of a folded word; what holds a digit (an identifier, a number) stays whole. */
export function stemWord(folded: string): string {
  if (LATIN.test(folded)) return stemmer(folded).slice(0, LONGEST_LATIN);
  if (OTHER_ALPHABET.test(folded)) return folded.slice(0, LONGEST_OTHER_ALPHABET);
  return folded.replace(ARABIC_ARTICLE, "");
}
