import type { Restorer, Sanitizer } from "../sanitizer.ts";

const placeholderForm = /⟦[A-Z]+_\d+⟧/u;
const longestPlaceholder = 24;

/** A sanitizer that knows its values from a list: small, and true to the contract in everything. */
export function makeListSanitizer(values: Readonly<Record<string, readonly string[]>>): Sanitizer {
  const kindOf = new Map(Object.entries(values).flatMap(([kind, some]) => some.map((one) => [one, kind])));
  const escaped = [...kindOf.keys()].map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  // What looks like a placeholder already is a value of its own, so that it comes back as it was.
  const wanted = new RegExp([...escaped, placeholderForm.source].join("|"), "gu");

  return {
    kinds: [...Object.keys(values), "PLACEHOLDER"],
    sanitize: async (parts, signal) => {
      signal.throwIfAborted();
      const placeholders = new Map<string, string>();
      const originals = new Map<string, string>();
      const placeholderOf = (value: string, kind: string): string => {
        const known = placeholders.get(value);
        if (known !== undefined) return known;
        const made = `⟦${kind}_${placeholders.size + 1}⟧`;
        placeholders.set(value, made);
        originals.set(made, value);
        return made;
      };
      const texts = parts.map(({ text }) => {
        const counts: Record<string, number> = {};
        const masked = text.replace(wanted, (value) => {
          const kind = kindOf.get(value) ?? "PLACEHOLDER";
          counts[kind] = (counts[kind] ?? 0) + 1;
          return placeholderOf(value, kind);
        });
        return { text: masked, values: counts };
      });
      return { texts, makeRestorer: () => makeRestorer(originals) };
    },
  };
}

function makeRestorer(originals: ReadonlyMap<string, string>): Restorer {
  let held = "";
  const restore = (text: string): string =>
    text.replace(new RegExp(placeholderForm, "gu"), (found) => originals.get(found) ?? found);
  return {
    push: (text) => {
      held += text;
      const open = held.lastIndexOf("⟦");
      const isHalf = open >= 0 && !held.slice(open).includes("⟧") && held.length - open < longestPlaceholder;
      const ready = isHalf ? held.slice(0, open) : held;
      held = isHalf ? held.slice(open) : "";
      return restore(ready);
    },
    end: () => {
      const rest = restore(held);
      held = "";
      return rest;
    },
  };
}
