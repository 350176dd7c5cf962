import type { Moderator, Verdict } from "../moderator.ts";

/** Words, each with its category. */
export type Minded = Readonly<Record<string, string>>;

/** A moderator that minds a few words: small, and true to the contract in everything. */
export function makeWordModerator(words: { readonly block?: Minded; readonly warn?: Minded }): Moderator {
  const { block = {}, warn = {} } = words;
  const longest = Math.max(1, ...Object.keys({ ...block, ...warn }).map((word) => word.length));

  function verdictOn(text: string): Verdict {
    const found = (minded: Minded): string[] => [
      ...new Set(
        Object.entries(minded).flatMap(([word, category]) => (text.includes(word) ? [category] : [])),
      ),
    ];
    const [blocked, warned] = [found(block), found(warn)];
    if (blocked.length > 0) return { state: "checked", action: "block", categories: blocked };
    if (warned.length > 0) return { state: "checked", action: "warn", categories: warned };
    return { state: "checked", action: "allow", categories: [] };
  }

  return {
    checkInput: async (text, signal) => {
      signal.throwIfAborted();
      return verdictOn(text);
    },
    watchOutput: (signal) => {
      let whole = "";
      let released = 0;
      const releaseTo = (end: number) => {
        signal.throwIfAborted();
        const verdict = verdictOn(whole);
        if (verdict.state === "checked" && verdict.action === "block") return { text: "", verdict };
        const text = whole.slice(released, Math.max(released, end));
        released += text.length;
        return { text, verdict };
      };
      return {
        push: async (text) => {
          whole += text;
          // The end may be the beginning of a word.
          return releaseTo(whole.length - longest + 1);
        },
        end: async () => releaseTo(whole.length),
      };
    },
  };
}
