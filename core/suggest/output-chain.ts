import type { SuggestEvent } from "../contract/suggest.ts";
import type { OutputWatch, Release } from "../safety/moderator.ts";
import type { Restorer } from "../safety/sanitizer.ts";

/** What an engine writes on its way to the screen: restore → moderate → show. One for text, one for thoughts. */
export interface OutputChain {
  push(text: string): Promise<SuggestEvent[]>;
  /** Lets go what was held back, and looks at the last verdict. Nothing comes after it. */
  end(): Promise<SuggestEvent[]>;
  /** True after a block: nothing more is shown, and what was shown is to be taken back. */
  readonly isBlocked: boolean;
  /** Everything that was shown. */
  readonly shown: string;
}

export interface OutputChainOptions {
  readonly of: "answer" | "thoughts";
  readonly restorer: Restorer;
  readonly watch: OutputWatch;
  /** The events that show a text. */
  readonly show: (text: string) => Iterable<SuggestEvent>;
}

export function makeOutputChain({ of, restorer, watch, show }: OutputChainOptions): OutputChain {
  let isBlocked = false;
  let shown = "";
  const warned = new Set<string>();

  function pass({ text, verdict }: Release): SuggestEvent[] {
    if (verdict.state === "checked" && verdict.action === "block") {
      isBlocked = true;
      return [{ type: "moderation-blocked", of, categories: [...verdict.categories] }];
    }
    const events: SuggestEvent[] = [];
    if (verdict.state === "checked" && verdict.action === "warn") {
      const categories = verdict.categories.filter((one) => !warned.has(one));
      for (const one of categories) warned.add(one);
      if (categories.length > 0) events.push({ type: "moderation-warned", of, categories });
    }
    if (text === "") return events;
    shown += text;
    return [...events, ...show(text)];
  }

  async function push(text: string): Promise<SuggestEvent[]> {
    return isBlocked || text === "" ? [] : pass(await watch.push(text));
  }

  return {
    push: (text) => push(restorer.push(text)),
    end: async () => {
      const rest = await push(restorer.end());
      return isBlocked ? rest : [...rest, ...pass(await watch.end())];
    },
    get isBlocked() {
      return isBlocked;
    },
    get shown() {
      return shown;
    },
  };
}
