import { AppError, type ErrorCode, type ErrorFacts } from "../contract/errors.ts";
import { narrowest, type CollectionReach } from "../contract/provenance.ts";
import { reachAllows, type Reach } from "../contract/tiers.ts";

/** Why something may not happen, for the one who asked. */
export interface Refusal {
  readonly kind: "refuse";
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
}

export interface ScopeInput {
  /** How far what is found is to go. */
  readonly reach: Reach;
  /** Ids the person chose; none: all there are. */
  readonly chosen: readonly number[];
  readonly collections: readonly CollectionReach[];
  /** The person goes on without what may not travel, even if that is everything. */
  readonly goesWithout: boolean;
}

/** Where a request may search. */
export type Scope =
  | {
      readonly kind: "search";
      /** `everything` there is, or these ids; an empty list: nowhere. */
      readonly within: "everything" | readonly number[];
      readonly leftOut: readonly CollectionReach[];
    }
  | Refusal;

export type DecideScope = (input: ScopeInput) => Scope;

/**
 * The collections whose text may go so far. What may not is left out; only when nothing is left, or the person chose
 * exactly what may not, is the request refused. Throws not-found for an id that is not there.
 */
export function decideScope({ reach, chosen, collections, goesWithout }: ScopeInput): Scope {
  const wanted = chosen.length === 0 ? collections : chosen.map((id) => find(id, collections));
  const open = wanted.filter((one) => reachAllows(one.reach, reach));
  const leftOut = wanted.filter((one) => !open.includes(one));
  if (leftOut.length > 0 && open.length === 0 && !goesWithout)
    return refuseFor(leftOut, reach, "collections");
  const isEverything = chosen.length === 0 && leftOut.length === 0;
  return { kind: "search", within: isEverything ? "everything" : open.map(({ id }) => id), leftOut };
}

/**
 * The refusal that names the collections holding a request back. `collection`: their names; `ids`: their ids, with
 * commas between. Without any, nobody knows where the text comes from.
 */
export function refuseFor(
  keepers: readonly CollectionReach[],
  wanted: Reach,
  what: "collections" | "texts",
): Refusal {
  return {
    kind: "refuse",
    code: "reach-not-allowed",
    facts: {
      what,
      wanted,
      allowed: keepers.length === 0 ? "device" : narrowest(keepers.map(({ reach }) => reach)),
      ...(keepers.length > 0 && {
        collection: keepers.map(({ name }) => name).join(", "),
        ids: keepers.map(({ id }) => id).join(","),
      }),
    },
  };
}

function find(wanted: number, collections: readonly CollectionReach[]): CollectionReach {
  const collection = collections.find(({ id }) => id === wanted);
  if (!collection) throw new AppError("not-found", { facts: { collection: wanted } });
  return collection;
}
