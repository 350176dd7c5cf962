import { isLoopback } from "../../contract/address-reach.ts";
import { AppError } from "../../contract/errors.ts";

/**
 * The scheme, host and port of an address, as the allow-list names it. Throws egress-refused for an
 * address that is neither https nor http to loopback, or that carries a name and password.
 */
export function originOf(address: string): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch (cause) {
    throw new AppError("egress-refused", { cause, facts: { reason: "address" } });
  }
  if (url.username !== "" || url.password !== "")
    throw new AppError("egress-refused", { facts: { reason: "credentials-in-address" } });
  const isPlain = url.protocol === "http:" && isLoopback(url.hostname);
  if (url.protocol !== "https:" && !isPlain)
    throw new AppError("egress-refused", { facts: { reason: "scheme", host: url.host } });
  return url.origin;
}
