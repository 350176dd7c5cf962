/** Numbers from a seed, the same everywhere: uniform in [0, 1). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes normally distributed numbers of a uniform source. */
export function makeNormal(random: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

export interface SentenceVectors {
  /** The next passage's unit vector. */
  next(): Float32Array;
  /** A question near one of the topics seen so far. */
  query(): Float32Array;
}

/**
 * Unit vectors that lie like those of a sentence model: a common direction (random pairs have cosine
 * .07), topics of many sizes, a few strong axes. Queries have cosine around .5 to their best ten.
 */
export function makeSentenceVectors(options: {
  seed: number;
  dimension: number;
  topics?: number;
}): SentenceVectors {
  const random = makeRandom(options.seed);
  const normal = makeNormal(random);
  const { dimension } = options;
  const topicCount = options.topics ?? 2_000;
  // Axes fall off slowly, as the principal axes of sentence embeddings do.
  const axis = Float64Array.from({ length: dimension }, (_, i) => (1 + i / 16) ** -0.35);
  const unit = (values: Float64Array): Float64Array => {
    let sum = 0;
    for (const value of values) sum += value * value;
    const length = Math.sqrt(sum);
    return values.map((value) => value / length);
  };
  const draw = (): Float64Array =>
    unit(Float64Array.from({ length: dimension }, (_, i) => normal() * axis[i]!));
  const common = draw();
  const topics = Array.from({ length: topicCount }, draw);
  const near = (topic: number, weight: number): Float32Array => {
    const own = draw();
    const center = topics[topic]!;
    return Float32Array.from(
      unit(
        own.map(
          (value, i) => 0.27 * common[i]! + weight * center[i]! + Math.sqrt(0.93 - weight * weight) * value,
        ),
      ),
    );
  };
  // Squaring makes small topics common and large ones rare.
  const pick = (): number => Math.floor(random() ** 2 * topicCount);
  return {
    next: () => near(pick(), 0.5 + 0.25 * random()),
    query: () => near(pick(), 0.55),
  };
}
