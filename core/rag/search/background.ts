import { frameLanguage } from "../../contract/frame-language.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { dot } from "./dot.ts";

/** Sentences that no question of a person's own documents is about, in two languages. */
const neutral = {
  en: [
    "The kettle whistled while rain ran down the window.",
    "Seven swans landed on the far side of the lake.",
    "He painted the fence green on a windy afternoon.",
    "A brass band played a march in the town square.",
    "The comet was visible to the naked eye for a week.",
    "She sharpened the pencil and began to draw a horse.",
    "Moss grew thick on the north face of the rock.",
    "The goalkeeper dived to the left and missed.",
    "Flour, butter and sugar are beaten until pale.",
    "An old tram rattled down the hill towards the harbour.",
    "The volcano had been quiet for three hundred years.",
    "They folded the paper boats and let them drift.",
  ],
  zh: [
    "水壶响了，雨水顺着窗户流下来。",
    "七只天鹅落在湖的另一边。",
    "一个刮风的下午，他把篱笆漆成了绿色。",
    "铜管乐队在广场上演奏进行曲。",
    "那颗彗星有一个星期肉眼可见。",
    "她削好铅笔，开始画一匹马。",
    "岩石背阴的一面长满了青苔。",
    "守门员扑向左边，没有扑到。",
    "把面粉、黄油和糖打至发白。",
    "一辆旧电车沿着山坡驶向港口。",
    "那座火山已经沉寂了三百年。",
    "他们折好纸船，让它们漂走。",
  ],
} as const;

/** A question that is cancelled must not take these from another that waits for them too. */
const unhurried = new AbortController().signal;
/** Passages from which a library's own sample says enough; below, its few passages are what is asked about. */
const LARGE_ENOUGH = 200;

/**
 * Gives the cosine that a question has with texts it has nothing in common with. A large library tells it by a sample
 * of its passages; in a small one that sample may be the very answer, so sentences about other things stand in for
 * what is missing. They are embedded once.
 */
export function makeBackground(embedder: Pick<Embedder, "embedDocuments">): (asked: {
  readonly question: string;
  readonly vector: Float32Array;
  /** Cosines of the sampled passages. */
  readonly sample: readonly number[];
  readonly passages: number;
  readonly signal: AbortSignal;
}) => Promise<number> {
  const embedded = new Map<keyof typeof neutral, Promise<readonly Float32Array[]>>();
  return async ({ question, vector, sample, passages, signal }) => {
    const share = sample.length === 0 ? 0 : Math.min(1, passages / LARGE_ENOUGH);
    if (share === 1) return mean(sample);
    const language = frameLanguage(question);
    const known = embedded.get(language) ?? embedder.embedDocuments([...neutral[language]], unhurried);
    embedded.set(language, known);
    // What failed is tried again by the next question.
    known.catch(() => embedded.delete(language));
    const others = (await known).map((each) => dot(each, vector));
    signal.throwIfAborted();
    return share * mean(sample) + (1 - share) * mean(others);
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
