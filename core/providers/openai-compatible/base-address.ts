import { AppError } from "../../contract/errors.ts";

/**
 * The root that `/chat/completions` is appended to. Accepts an address with or without `/v1`, keeps any
 * prefix, drops a pasted `/chat/completions`, never adds `/v1` twice. Throws provider-bad-request for an
 * address that is none.
 */
export function baseAddress(address: string): string {
  let url: URL;
  try {
    url = new URL(address.trim());
  } catch (cause) {
    throw new AppError("provider-bad-request", { cause, facts: { reason: "address" } });
  }
  url.search = "";
  url.hash = "";
  const path = url.pathname.replace(/\/+$/, "").replace(/\/(chat\/completions|models|completions)$/, "");
  url.pathname = /\/v\d+(beta)?$/.test(path) ? path : `${path}/v1`;
  return url.toString().replace(/\/$/, "");
}

/** The address of a path beside the version part, such as `/health`. */
export function besideVersion(base: string, path: string): string {
  return base.replace(/\/v\d+(beta)?$/, "") + path;
}
