import { createHash } from "node:crypto";
import { joined, narrowest, unknownOrigin, type Provenance } from "../contract/provenance.ts";
import type { Reach } from "../contract/tiers.ts";

/** What is known of an answer. */
export interface Remembered {
  readonly provenance: Provenance;
  /** How far it has been. */
  readonly been: Reach;
}

/**
 * What the suggestions of this run drew on. A turn that comes back from the window is looked up here, by the id of
 * its request and by the very letters of its answer: what the window says of it counts for nothing.
 */
export interface TurnMemory {
  remember(id: string, answer: string, what: Remembered): void;
  /** Of an answer that was not given here nobody knows where it comes from: it stays on this device. */
  recall(id: string, answer: string): Remembered;
}

const unknown: Remembered = { provenance: unknownOrigin, been: "device" };

/** Keeps the newest `most`; the oldest is forgotten first, and with it the right to leave this device. */
export function makeTurnMemory(most = 2000): TurnMemory {
  const known = new Map<string, Remembered>();
  return {
    remember: (id, answer, what) => {
      const key = keyOf(id, answer);
      const before = known.get(key);
      known.delete(key);
      known.set(
        key,
        before === undefined
          ? what
          : {
              provenance: joined([before.provenance, what.provenance]),
              been: narrowest([before.been, what.been]),
            },
      );
      for (const oldest of known.keys()) {
        if (known.size <= most) break;
        known.delete(oldest);
      }
    },
    recall: (id, answer) => known.get(keyOf(id, answer)) ?? unknown,
  };
}

const keyOf = (id: string, answer: string): string =>
  createHash("sha256")
    .update(JSON.stringify([id, answer]))
    .digest("base64");
