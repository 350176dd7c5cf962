import { createHash } from "node:crypto";
import type { AddressedRequest } from "./outgoing.ts";

/** What may leave now, by the hash of its bytes. */
export interface Seals {
  /** From now on these bytes may leave for this request, as often as they are tried, until the seal is broken. */
  add(requestId: string, request: AddressedRequest): () => void;
  has(requestId: string, request: AddressedRequest): boolean;
}

export function makeSeals(): Seals {
  /** How many seals stand on each stamp. */
  const standing = new Map<string, number>();
  return {
    add: (requestId, request) => {
      const stamp = stampOf(requestId, request);
      standing.set(stamp, (standing.get(stamp) ?? 0) + 1);
      let isBroken = false;
      return () => {
        if (isBroken) return;
        isBroken = true;
        const left = (standing.get(stamp) ?? 1) - 1;
        if (left === 0) standing.delete(stamp);
        else standing.set(stamp, left);
      };
    },
    has: (requestId, request) => standing.has(stampOf(requestId, request)),
  };
}

/** SHA-256 over everything of a call that another side could read. */
function stampOf(requestId: string, { address, method, headers, body }: AddressedRequest): string {
  const named = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256")
    .update(JSON.stringify([requestId, method, address, named]))
    .update("\n")
    .update(body ?? "")
    .digest("base64");
}
