import type { Reach } from "./tiers.ts";

/** Names that no public name server answers for: reserved, or promised never to be given to anybody. */
const PRIVATE_NAME = /\.(?:local|internal|home\.arpa|lan|intranet|corp|home|private)$/;
/** Country codes, also in other scripts: the only public names without a dot that may have an address. */
const PUBLIC_SINGLE_LABEL = /^(?:[a-z]{2}|xn--.*)$/;
const PRIVATE_IPV4 = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/;
const PRIVATE_IPV6 = /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/;

/** True for this machine itself; `hostname` as `URL` gives it. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * How far text travels that is sent to this host (`hostname` as `URL` gives it): an address says so, a vendor's
 * name does not. Whatever may be on the public network is `cloud`.
 */
export function reachOfHost(hostname: string): Reach {
  if (isLoopback(hostname)) return "device";
  // Without the brackets of IPv6 and the dot that only says that a name is whole.
  const host = hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();
  if (host.includes(":")) return PRIVATE_IPV6.test(host) ? "organisation" : "cloud";
  if (/^\d+(?:\.\d+){3}$/.test(host)) return PRIVATE_IPV4.test(host) ? "organisation" : "cloud";
  if (!host.includes(".")) return host === "" || PUBLIC_SINGLE_LABEL.test(host) ? "cloud" : "organisation";
  return PRIVATE_NAME.test(host) ? "organisation" : "cloud";
}
