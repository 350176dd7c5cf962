import type { ProviderDraft } from "../contract/tier-routes.ts";
import { AppError } from "../contract/errors.ts";
import type { ProviderConfig, ProviderSecrets } from "../contract/providers.ts";
import type { Certificates } from "../safety/gate/transport.ts";
import type { TierStore } from "./tier-store.ts";
import { judged, originOfProvider, storedFrom } from "./provider-config.ts";

/** A provider with its secrets, for the length of one call. */
export interface OpenProvider {
  readonly config: ProviderConfig;
  readonly secrets: ProviderSecrets;
}

/** The providers that a person set up, and what the gate must know of them. */
export interface ProviderBook {
  /** By name, without secrets. */
  list(signal: AbortSignal): Promise<readonly ProviderConfig[]>;
  /** Adds or changes; see `storedFrom` for what happens to secrets that are left out. */
  save(draft: ProviderDraft, signal: AbortSignal): Promise<ProviderConfig>;
  /** Rejects with not-found. */
  remove(name: string, signal: AbortSignal): Promise<void>;
  /** Rejects with provider-not-configured for a name that is not there. */
  open(name: string, signal: AbortSignal): Promise<OpenProvider>;
  /** True for the origins of the providers there are, as of the last `open`, `list` or change. */
  allows(origin: string): boolean;
  certificatesFor(origin: string): Certificates;
}

export function makeProviderBook(store: TierStore): ProviderBook {
  let origins: ReadonlySet<string> = new Set();
  const certificates = new Map<string, Certificates>();

  async function list(signal: AbortSignal): Promise<readonly ProviderConfig[]> {
    const configs = (await store.request("tiers.providers", undefined, signal)).map(judged);
    origins = new Set(configs.flatMap(knownOrigin));
    for (const origin of certificates.keys()) if (!origins.has(origin)) certificates.delete(origin);
    return configs;
  }

  async function find(name: string, signal: AbortSignal): Promise<OpenProvider | null> {
    const config = (await list(signal)).find((one) => one.name === name);
    if (config === undefined) return null;
    return { config, secrets: (await store.request("tiers.secrets", { name }, signal)) ?? {} };
  }

  return {
    list,
    save: async (draft, signal) => {
      const { config, secrets } = storedFrom(draft, await find(draft.config.name, signal));
      await store.request("tiers.put-provider", { config, secrets }, signal);
      await list(signal);
      return config;
    },
    remove: async (name, signal) => {
      if (!(await store.request("tiers.delete-provider", { name }, signal)))
        throw new AppError("not-found", { facts: { provider: name } });
      await list(signal);
    },
    open: async (name, signal) => {
      const found = await find(name, signal);
      if (found === null) throw new AppError("provider-not-configured", { facts: { provider: name } });
      certificates.set(originOfProvider(found.config), certificatesOf(found.secrets));
      return found;
    },
    allows: (origin) => origins.has(origin),
    certificatesFor: (origin) => certificates.get(origin) ?? {},
  };
}

/** A provider whose address cannot be told has none that is allowed. */
function knownOrigin(config: ProviderConfig): string[] {
  try {
    return [originOfProvider(config)];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

function certificatesOf(secrets: ProviderSecrets): Certificates {
  const { certificateAuthority, clientCertificate, clientKey } = secrets;
  return {
    ...(certificateAuthority !== undefined && { authority: certificateAuthority }),
    ...(clientCertificate !== undefined && { clientCertificate }),
    ...(clientKey !== undefined && { clientKey }),
  };
}
