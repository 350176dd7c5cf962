import type { WireFetch } from "../providers/wire/wire-fetch.ts";
import type { AddressedRequest } from "../safety/envelope/outgoing.ts";

/** Thrown in place of sending; no retry takes it for a failure that may pass. */
class Recorded extends Error {
  readonly request: AddressedRequest;
  constructor(request: AddressedRequest) {
    super("a request was recorded, not sent");
    this.request = request;
  }
}

/** In place of a fetch: keeps what it was given, and sends nothing. */
export const recorder: WireFetch = async (address, request) => {
  throw new Recorded({ address, ...request });
};

/** The first request that work over `recorder` would have sent. */
export async function recordedOf(work: () => Promise<unknown>): Promise<AddressedRequest> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Recorded) return error.request;
    throw error;
  }
  throw new Error("work that sends ended without a request");
}
