import iconv from "iconv-lite";

interface Candidate {
  readonly encoding: string;
  /** The letters beyond ASCII of one language, lower case; the ten most frequent first where it is a script. */
  readonly letters: string;
  readonly isScript: boolean;
}

const russian = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";
const ukrainian = "оаинвтерсіклудпмяьзбгйчхжїшюцщєфґ";
const greek = "αοιετσνηυρπκμλςωδγχθφβξζψάέίόήύώϊϋ";

/** In the order of how usual they are: the first of equals wins. */
const candidates: readonly Candidate[] = [
  ...latin("windows-1252", [
    "äöüß",
    "éèêëàâçîïôûùœ",
    "áéíóúñüª¿¡",
    "ãõáéíóúâêôàç",
    "àèéìòù",
    "åäöé",
    "æøåé",
    "ëïéóü",
    "þðæöáéíóúý",
    "õäöü",
  ]),
  ...latin("windows-1250", [
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž",
    "áéíóöőúüű",
    "ăâîşţ",
    "čćđšž",
  ]),
  ...latin("windows-1257", ["ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"]),
  ...latin("windows-1254", ["çğıöşüâîİ"]),
  ...latin("iso-8859-2", ["ąćęłńóśźż", "áčďéěíňóřšťúůýž"]),
  ...latin("windows-1258", ["ăâđêôơưàáèéùúìíóòýãõ\u0300\u0301\u0303\u0309\u0323"]),
  script("windows-1251", russian),
  script("windows-1251", ukrainian),
  script("koi8-r", russian),
  script("koi8-u", ukrainian),
  script("cp866", russian),
  script("iso-8859-5", russian),
  script("windows-1253", greek),
  script("windows-1255", "יוהלארתבשמנםעדחקפגטכסצזןךףץ\u05b0-\u05c2"),
  script(
    "windows-1256",
    "اليمنرتبةعدسفهكقأحجشطصخإذىءثئزضظغؤآ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652چپگژ",
  ),
  script(
    "windows-874",
    "านรอกเงมยลวดทสตะปบคหแจพชขใไโผฟซธณศถภญษฤฐฆฎฏฑฒฬฌฮฯๆำ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e",
  ),
];

function latin(encoding: string, languages: readonly string[]): Candidate[] {
  return languages.map((letters) => ({ encoding, letters, isScript: false }));
}

function script(encoding: string, letters: string): Candidate {
  return { encoding, letters, isScript: true };
}

const punctuation = /[“”„‘’‚–—…«»‹›€£§°·©®™•½¼¾²³×±¿¡ºª፡،؛؟]/u;

/**
 * The likeliest one-byte encoding by the letters it would give: how far they are those of one language,
 * in the right case and not inside words of another script. Score 0 to 1.
 */
export function scoreSingleByte(bytes: Uint8Array): { encoding: string; score: number } {
  const decoded = new Map<string, string>();
  let best = { encoding: "windows-1252", score: 0 };
  for (const candidate of candidates) {
    const text = decoded.get(candidate.encoding) ?? iconv.decode(bytes, candidate.encoding);
    decoded.set(candidate.encoding, text);
    const score = scoreOf(candidate, text);
    if (score > best.score + 1e-9) best = { encoding: candidate.encoding, score };
  }
  return best;
}

function scoreOf({ letters, isScript }: Candidate, text: string): number {
  const usual = new RegExp(`[${letters}]`, "u");
  const frequent = new Set(isScript ? letters.slice(0, 10) : letters);
  let sum = 0;
  let count = 0;
  let before = "";
  for (const sign of text) {
    if (sign > "\u007f") {
      count++;
      sum += weigh(sign, before);
    } else if (isScript && /[a-z]/i.test(sign) && before > "\u007f" && /\p{L}/u.test(before)) sum -= 0.7;
    before = sign;
  }
  return count === 0 ? 0 : sum / count;

  function weigh(sign: string, previous: string): number {
    if (sign === "\u00a0") return 0.5;
    if (punctuation.test(sign) && !letters.includes(sign))
      return /\p{L}/u.test(previous) && sign !== "’" ? 0.4 : 0.6;
    const lower = sign.toLowerCase();
    if (!usual.test(lower)) return -1;
    if (isScript && /[a-z]/i.test(previous)) return -0.7;
    // Inside a word a capital seldom follows a small letter.
    if (lower !== sign && /\p{Ll}/u.test(previous)) return -1;
    if (lower !== sign) return isScript ? 0.5 : 0.9;
    return frequent.has(sign) ? 1 : 0.85;
  }
}
