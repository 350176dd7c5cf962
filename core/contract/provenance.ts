import { z } from "zod";
import { id } from "./documents.ts";
import { reach, reaches, type Reach } from "./tiers.ts";

/**
 * Where a text comes from. `collections`: those it draws on, each with its say on how far the text may go. `reach`:
 * how far it may go beside that: `device` where nobody knows where it comes from.
 */
export const provenance = z.strictObject({ collections: z.array(id), reach });
export type Provenance = z.infer<typeof provenance>;

/** What a collection allows. */
export interface CollectionReach {
  readonly id: number;
  readonly name: string;
  readonly reach: Reach;
}

/** A person's own words: they go where the person sends them. */
export const ownWords: Provenance = { collections: [], reach: "cloud" };
/** Nobody knows: it stays on this device. */
export const unknownOrigin: Provenance = { collections: [], reach: "device" };

/** The shortest of them; `cloud` for none. */
export function narrowest(all: readonly Reach[]): Reach {
  return all.reduce((one, other) => (reaches.indexOf(other) < reaches.indexOf(one) ? other : one), "cloud");
}

/** Of a text that is made of all of these. */
export function joined(all: readonly Provenance[]): Provenance {
  return {
    collections: [...new Set(all.flatMap(({ collections }) => collections))].toSorted(
      (one, other) => one - other,
    ),
    reach: narrowest(all.map(({ reach: own }) => own)),
  };
}

/** How far a text may go now. A collection that is gone allows nothing any more. */
export function reachOfText(from: Provenance, collections: readonly CollectionReach[]): Reach {
  const allowed = from.collections.map((wanted) => collections.find(({ id: one }) => one === wanted)?.reach);
  return narrowest([from.reach, ...allowed.map((one) => one ?? "device")]);
}
