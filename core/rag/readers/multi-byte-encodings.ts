import iconv from "iconv-lite";

interface Candidate {
  readonly encoding: string;
  /** 0..1 a pair: how usual it is in text of this encoding; -1 when it cannot stand there. */
  readonly weigh: (lead: number, trail: number) => number;
  readonly single?: (byte: number) => boolean;
}

/** Share of everyday characters by their row in each national standard (rows are sorted by use). */
const candidates: readonly Candidate[] = [
  {
    encoding: "gb18030",
    weigh: (lead, trail) => {
      if (lead < 0x81 || lead > 0xfe || trail < 0x40 || trail === 0x7f || trail > 0xfe) return -1;
      if (trail < 0xa1) return 0.05;
      if (lead >= 0xb0 && lead <= 0xd7) return 1;
      if (lead === 0xa1 || lead === 0xa3) return 0.9;
      return lead >= 0xd8 && lead <= 0xf7 ? 0.3 : 0.1;
    },
  },
  {
    encoding: "big5",
    weigh: (lead, trail) => {
      if (lead < 0xa1 || lead > 0xf9 || trail < 0x40 || (trail > 0x7e && trail < 0xa1) || trail > 0xfe)
        return -1;
      if (lead >= 0xa4 && lead <= 0xc6) return 1;
      if (lead === 0xa1) return 0.9;
      return lead >= 0xc9 ? 0.25 : 0.1;
    },
  },
  {
    encoding: "shift_jis",
    weigh: (lead, trail) => {
      if ((lead < 0x81 || lead > 0x9f) && (lead < 0xe0 || lead > 0xfc)) return -1;
      if (trail < 0x40 || trail === 0x7f || trail > 0xfc) return -1;
      if (lead === 0x82 || lead === 0x83 || lead === 0x81) return 1;
      return lead >= 0x88 && lead <= 0x97 ? 0.8 : lead >= 0x98 && lead <= 0xea ? 0.3 : 0.05;
    },
    single: (byte) => byte >= 0xa1 && byte <= 0xdf,
  },
  {
    encoding: "euc-jp",
    weigh: (lead, trail) => {
      if (lead < 0xa1 || lead > 0xfe || trail < 0xa1 || trail > 0xfe)
        return lead === 0x8e && trail >= 0xa1 ? 0.1 : -1;
      if (lead === 0xa4 || lead === 0xa5 || lead === 0xa1) return 1;
      return lead >= 0xb0 && lead <= 0xcf ? 0.8 : 0.2;
    },
  },
  {
    encoding: "cp949",
    weigh: (lead, trail) => {
      if (lead < 0x81 || lead > 0xfe || trail < 0x41 || trail > 0xfe) return -1;
      if (lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1) return 1;
      return lead === 0xa1 ? 0.7 : 0.05;
    },
  },
];

/** The everyday sign that tells the scripts apart: kana, hangul, the most frequent hanzi. */
const everyday: Readonly<Record<string, RegExp>> = {
  gb18030:
    /[的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里]/g,
  big5: /[的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡]/g,
  shift_jis: /[ぁ-んァ-ヶー]/g,
  "euc-jp": /[ぁ-んァ-ヶー]/g,
  cp949: /[이다는을의에가고하로은를기지사서한도인어]/g,
};

/**
 * The likeliest of the East Asian encodings for bytes that are not UTF-8, with a score of 0 to 1, or
 * null when none can hold. Scores below about .35 mean "rather something else".
 */
export function scoreMultiByte(bytes: Uint8Array): { encoding: string; score: number } | null {
  let best: { encoding: string; score: number } | null = null;
  for (const candidate of candidates) {
    const score = scoreOf(candidate, bytes);
    if (score > (best?.score ?? 0)) best = { encoding: candidate.encoding, score };
  }
  return best;
}

function scoreOf(candidate: Candidate, bytes: Uint8Array): number {
  let weight = 0;
  let signs = 0;
  let bad = 0;
  let high = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) continue;
    high++;
    if (candidate.single?.(byte)) {
      signs++;
      weight += 0.15;
      continue;
    }
    const trail = bytes[index + 1];
    if (trail === undefined) break;
    if (candidate.encoding === "gb18030" && trail >= 0x30 && trail <= 0x39) {
      signs++;
      index += 3;
      continue;
    }
    const value = candidate.weigh(byte, trail);
    if (value < 0) {
      bad++;
      continue;
    }
    signs++;
    weight += value;
    index++;
    if (trail >= 0x80) high++;
  }
  if (signs === 0 || bad > signs * 0.02) return 0;
  const text = iconv.decode(bytes, candidate.encoding);
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  const usual = wide === 0 ? 0 : (text.match(everyday[candidate.encoding] ?? /$^/g)?.length ?? 0) / wide;
  // Neighbours in pairs: running East Asian text seldom has one wide sign alone between Latin letters.
  const alone = text.match(/[a-z][\u3400-\u9fff\uac00-\ud7af](?=[a-z])/gi)?.length ?? 0;
  const loneShare = wide === 0 ? 1 : alone / wide;
  return Math.max(
    0,
    (weight / signs) * 0.6 + Math.min(1, usual * 3) * 0.4 - loneShare - (bad / Math.max(1, high)) * 2,
  );
}
