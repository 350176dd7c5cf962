import { createPrivateKey, X509Certificate } from "node:crypto";
import type { ProviderDraft } from "../contract/tier-routes.ts";
import { AppError } from "../contract/errors.ts";
import {
  qwenRegions,
  type ProviderConfig,
  type ProviderSecrets,
  type QwenRegion,
} from "../contract/providers.ts";
import { qwenHosts } from "../providers/qwen/hosts.ts";
import { providerAddress, providerReach } from "../providers/registry.ts";
import { originOf } from "../safety/gate/origin.ts";

/** A provider as it was before a change. */
export interface StoredProvider {
  readonly config: ProviderConfig;
  readonly secrets: ProviderSecrets;
}

/**
 * What is stored for a draft. Secrets left out keep their value, extra headers each by its name, but only while text
 * goes to the same place: a key never follows to another address. An empty text takes a secret away.
 */
export function storedFrom(draft: ProviderDraft, before: StoredProvider | null): StoredProvider {
  const region = draft.config.region ?? regionAt(draft.config);
  const plain: ProviderConfig = {
    ...draft.config,
    ...(region !== undefined && { region }),
    reach: "device",
    headerNames: [],
    hasApiKey: false,
    hasCertificateAuthority: false,
    hasClientCertificate: false,
  };
  const origin = originOfProvider(plain);
  const isSamePlace =
    before !== null &&
    before.config.vendor === plain.vendor &&
    before.config.workspace === plain.workspace &&
    originOfProvider(before.config) === origin;
  const kept = isSamePlace ? before.secrets : {};
  const secrets = withoutEmpty({
    ...kept,
    ...draft.secrets,
    headers: withHeaders(kept.headers ?? {}, draft.secrets.headers ?? {}),
  });
  checkCertificates(secrets);
  const config: ProviderConfig = {
    ...plain,
    reach: providerReach(plain),
    headerNames: Object.keys(secrets.headers ?? {}),
    hasApiKey: secrets.apiKey !== undefined,
    hasCertificateAuthority: secrets.certificateAuthority !== undefined,
    hasClientCertificate: secrets.clientCertificate !== undefined,
  };
  return { config, secrets };
}

/** Scheme, host and port that calls of a provider go to. */
export function originOfProvider(config: ProviderConfig): string {
  return originOf(providerAddress(config));
}

/** The region of hosted Qwen that an address names, so that its prices are known. */
function regionAt({ vendor, baseUrl }: ProviderDraft["config"]): QwenRegion | undefined {
  if (vendor !== "qwen" || baseUrl === undefined || !URL.canParse(baseUrl)) return undefined;
  const { hostname } = new URL(baseUrl);
  return qwenRegions.find((region) => {
    const { shared, place } = qwenHosts[region];
    return hostname === shared || hostname.endsWith(`.${place}.maas.aliyuncs.com`);
  });
}

/** A provider as it was stored, with its reach judged anew: rules and addresses may have changed since. */
export function judged(config: ProviderConfig): ProviderConfig {
  try {
    return { ...config, reach: providerReach(config) };
  } catch (error) {
    // Nothing can be sent where no address can be told.
    if (error instanceof AppError) return { ...config, reach: "cloud" };
    throw error;
  }
}

/** Headers with others laid over them; "X-Team" and "x-team" are one, the later spelling is kept. */
function withHeaders(
  before: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const byName = new Map<string, readonly [name: string, value: string]>();
  for (const [name, value] of [...Object.entries(before), ...Object.entries(given)])
    byName.set(name.toLowerCase(), [name, value]);
  return Object.fromEntries(byName.values());
}

function withoutEmpty(secrets: ProviderSecrets): ProviderSecrets {
  const headers = Object.fromEntries(
    Object.entries(secrets.headers ?? {}).filter(([, value]) => value.trim() !== ""),
  );
  const texts = Object.fromEntries(
    Object.entries(secrets).filter(
      ([name, value]) => name !== "headers" && typeof value === "string" && value.trim() !== "",
    ),
  );
  return { ...texts, ...(Object.keys(headers).length > 0 && { headers }) };
}

/** Tells a broken or mismatched certificate when it is given, not when the first call fails. */
function checkCertificates(secrets: ProviderSecrets): void {
  const { certificateAuthority, clientCertificate, clientKey } = secrets;
  if ((clientCertificate === undefined) !== (clientKey === undefined))
    throw new AppError("bad-request", { facts: { reason: "certificate-and-key" } });
  try {
    if (certificateAuthority !== undefined) readCertificate(certificateAuthority);
    if (clientCertificate === undefined || clientKey === undefined) return;
    if (readCertificate(clientCertificate).checkPrivateKey(createPrivateKey(clientKey))) return;
  } catch {
    // The parser's words may quote the key: they are not passed on.
    throw new AppError("provider-certificate", { facts: { reason: "unreadable" } });
  }
  throw new AppError("provider-certificate", { facts: { reason: "key-of-another-certificate" } });
}

const readCertificate = (pem: string): X509Certificate => new X509Certificate(pem);
