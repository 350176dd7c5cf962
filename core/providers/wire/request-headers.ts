import { AppError } from "../../contract/errors.ts";
import type { ProviderConfig, ProviderSecrets } from "../../contract/providers.ts";

/** Names that belong to the connection, not to the person who sets up a provider. */
const ours: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "content-length",
  "content-type",
  "transfer-encoding",
  "accept-encoding",
  "te",
  "upgrade",
  "expect",
]);

/**
 * Authorisation and extra headers of a provider, by its scheme; never logged. Throws provider-auth for a
 * key, and provider-not-configured for a header, that no HTTP header can carry.
 */
export function requestHeaders(
  config: Pick<ProviderConfig, "auth" | "headerNames">,
  secrets: ProviderSecrets,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(secrets.headers ?? {})) {
    const lower = name.trim().toLowerCase();
    const isNamed = config.headerNames.some((known) => known.trim().toLowerCase() === lower);
    if (!isNamed || ours.has(lower)) continue;
    if (!isName(lower) || !isCarriable(value))
      throw new AppError("provider-not-configured", {
        facts: { reason: "header", header: lower.slice(0, 60) },
      });
    headers[lower] = value.trim();
  }
  const key = (secrets.apiKey ?? "").trim().replace(/^bearer\s+/i, "");
  if (key === "" || config.auth.scheme === "none") return headers;
  const own = (config.auth.header ?? "x-api-key").trim().toLowerCase();
  if (config.auth.scheme === "header" && (!isName(own) || ours.has(own)))
    throw new AppError("provider-not-configured", { facts: { reason: "header", header: own.slice(0, 60) } });
  // Pasted quotation marks and line breaks are the usual reason for a key that does not work.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new AppError("provider-auth", { facts: { reason: "key-characters" } });
  switch (config.auth.scheme) {
    case "bearer":
      headers["authorization"] = `Bearer ${key}`;
      break;
    case "raw":
      headers["authorization"] = key;
      break;
    case "header":
      headers[own] = key;
      break;
  }
  return headers;
}

const isName = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name);
const isCarriable = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value.trim());
