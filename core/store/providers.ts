import {
  providerConfig,
  providerSecrets,
  type ProviderConfig,
  type ProviderSecrets,
} from "../contract/providers.ts";
import { inReservedTransaction } from "./ballast.ts";
import { reading, writing, type ReadDb, type WriteDb } from "./handle.ts";

/** Providers as set up, by name; secrets are not among what comes back. */
export function listProviders(db: ReadDb): ProviderConfig[] {
  return reading<{ config: string }>(db, "SELECT config FROM providers ORDER BY name")
    .all()
    .map((row) => providerConfig.parse(JSON.parse(row.config)));
}

/** Adds or replaces a provider with its secrets. */
export function putProvider(db: WriteDb, config: ProviderConfig, secrets: ProviderSecrets): void {
  writing(
    db,
    `INSERT INTO providers (name, config, secrets) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET config = excluded.config, secrets = excluded.secrets`,
  ).run(config.name, JSON.stringify(config), JSON.stringify(secrets));
}

/** The secrets of one provider, for the gate and the adapter alone; null for an unknown name. */
export function providerSecretsOf(db: ReadDb, name: string): ProviderSecrets | null {
  const row = reading<{ secrets: string }>(db, "SELECT secrets FROM providers WHERE name = ?").get(name);
  return row ? providerSecrets.parse(JSON.parse(row.secrets)) : null;
}

/** Removes a provider and its secrets (secure_delete overwrites them). False: there was none. */
export function deleteProvider(db: WriteDb, name: string): boolean {
  const remove = writing(db, "DELETE FROM providers WHERE name = ?");
  return inReservedTransaction(db, () => remove.run(name).changes > 0);
}
