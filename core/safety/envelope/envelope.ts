import { reachOfHost } from "../../contract/address-reach.ts";
import { AppError } from "../../contract/errors.ts";
import type { CollectionReach } from "../../contract/provenance.ts";
import type { Decide } from "../decision.ts";
import type { GateContext, GateFetch } from "../gate/gate.ts";
import { originOf } from "../gate/origin.ts";
import type { Review } from "../review.ts";
import { masksNothing, type Sanitized, type Sanitizer } from "../sanitizer.ts";
import { fillIn, type WriteRequest } from "./blanks.ts";
import type { Letter, Outgoing } from "./outgoing.ts";
import type { Seals } from "./seals.ts";

/** Parts that were decided on and masked; only the envelope makes them. */
export interface Protected extends Sanitized {
  readonly outgoing: Outgoing;
}

/** The one way to the gate: decide → mask → (put into words) → review → seal. */
export interface Envelope {
  /** Kinds of private values that masking looks for; none: nobody looks. */
  readonly maskedKinds: readonly string[];
  /** Decides, and masks what leaves the device. Throws the refusal. */
  protect(outgoing: Outgoing, signal: AbortSignal): Promise<Protected>;
  /**
   * The call as it will go out with these texts, which were made of what was protected. Throws egress-refused where
   * it goes anywhere but to the destination that was decided on.
   */
  write(from: Protected, texts: readonly string[], write: WriteRequest): Promise<Letter>;
  /** Whether a person is asked before this leaves: then `seal` waits. */
  isReviewed(letter: Letter): boolean;
  /** Lets exactly this leave until the returned function is called. Throws review-declined. */
  seal(letter: Letter, signal: AbortSignal): Promise<() => void>;
  /** Sends what was sealed under this request's id, and refuses everything else. */
  fetch(context: GateContext): GateFetch;
  /**
   * For code that was handed no text: lists, tests of a connection, looks at jobs, downloads. Small bodies only; all
   * the steps are gone through for each call.
   */
  fetchWithoutText(context: GateContext): GateFetch;
}

export interface EnvelopeOptions {
  readonly gate: (context: GateContext) => GateFetch;
  readonly seals: Seals;
  readonly decide: Decide;
  readonly sanitizer: Sanitizer;
  readonly review: Review;
  /** The collections there are, with what each allows now. */
  readonly collections: (signal: AbortSignal) => Promise<readonly CollectionReach[]>;
}

/** Characters of a body that carries no text of a person's. */
const mostWithoutText = 4096;

export function makeEnvelope(options: EnvelopeOptions): Envelope {
  const { gate, seals, decide, review } = options;
  const made = new WeakSet<object>();

  async function refuseForbidden(outgoing: Outgoing, signal: AbortSignal): Promise<void> {
    const provenance = outgoing.parts.map((part) => part.provenance);
    const isBound = provenance.some(({ collections }) => collections.length > 0);
    const collections = isBound ? await options.collections(signal) : [];
    const decision = decide({ ...outgoing, provenance, collections });
    if (decision.kind === "refuse") throw new AppError(decision.code, { facts: decision.facts });
  }

  async function protect(outgoing: Outgoing, signal: AbortSignal): Promise<Protected> {
    await refuseForbidden(outgoing, signal);
    const sanitizer = outgoing.reach === "device" ? masksNothing : options.sanitizer;
    const { texts, makeRestorer } = await sanitizer.sanitize(outgoing.parts, signal);
    if (texts.length !== outgoing.parts.length) throw new Error("masking gave another number of texts");
    const result = Object.freeze({ outgoing, texts, makeRestorer });
    made.add(result);
    return result;
  }

  async function write(from: Protected, texts: readonly string[], by: WriteRequest): Promise<Letter> {
    if (!made.has(from)) throw new Error("what is written was not protected");
    const { outgoing } = from;
    const request = await fillIn(by, texts);
    // Other providers' hosts are on the gate's list too: what was decided on for one goes to that one.
    const origin = originOf(request.address);
    if (origin !== outgoing.origin)
      throw new AppError("egress-refused", {
        facts: { reason: "destination", host: new URL(origin).host },
      });
    const letter = Object.freeze({ outgoing, texts, request: Object.freeze(request) });
    made.add(letter);
    return letter;
  }

  async function seal(letter: Letter, signal: AbortSignal): Promise<() => void> {
    if (!made.has(letter)) throw new Error("what is sealed was not written by the envelope");
    if (review.isAsked(letter) && (await review.ask(letter, signal)) === "decline")
      throw new AppError("review-declined");
    signal.throwIfAborted();
    return seals.add(letter.outgoing.requestId, letter.request);
  }

  return {
    maskedKinds: options.sanitizer.kinds,
    protect,
    write,
    isReviewed: (letter) => review.isAsked(letter),
    seal,
    fetch: gate,
    fetchWithoutText: (context) => async (address, given, signal) => {
      if (context.purpose === "suggest") throw new Error("a suggestion carries text: seal it");
      // A copy: what is looked at here is what is sealed, whatever becomes of the caller's objects meanwhile.
      const request = { ...given, headers: { ...given.headers } };
      // Bytes are a file, and a file is text of the person's.
      const isFile = request.body !== undefined && typeof request.body !== "string";
      if (isFile || (request.body?.length ?? 0) > mostWithoutText)
        throw new AppError("egress-refused", { facts: { reason: "not-sealed" } });
      const from = await protect(withoutText(context, address), signal);
      const letter = await write(from, [], async () => ({ address, ...request }));
      const breakSeal = await seal(letter, signal);
      try {
        return await gate(context)(address, request, signal);
      } finally {
        breakSeal();
      }
    },
  };
}

/** What leaves is a question that we wrote ourselves. */
const withoutText = (context: GateContext, address: string): Outgoing => ({
  ...context,
  reach: reachOfHost(new URL(address).hostname),
  origin: originOf(address),
  parts: [],
  verdict: { state: "not-moderated" },
  conversation: null,
  spend: null,
});
