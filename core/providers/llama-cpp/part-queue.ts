/** Turns a writer that calls back into an AsyncIterable: what was pushed comes out in order, once. */
export interface PartQueue<Part> extends AsyncIterable<Part> {
  push(part: Part): void;
  end(): void;
  fail(error: unknown): void;
}

export function makePartQueue<Part>(): PartQueue<Part> {
  const waiting: Part[] = [];
  let wake: (() => void) | null = null;
  let state: { done: false } | { done: true; error?: unknown } = { done: false };
  const ring = () => {
    wake?.();
    wake = null;
  };
  return {
    push(part) {
      waiting.push(part);
      ring();
    },
    end() {
      if (!state.done) state = { done: true };
      ring();
    },
    fail(error) {
      if (!state.done) state = { done: true, error };
      ring();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift() as Part;
        if (state.done) {
          if ("error" in state) throw state.error;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
