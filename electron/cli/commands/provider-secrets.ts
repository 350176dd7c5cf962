import { readFile } from "node:fs/promises";
import { AppError } from "../../../core/contract/errors.ts";
import type { ProviderConfig, ProviderSecrets } from "../../../core/contract/providers.ts";

/** Secrets that `--clear` takes away. */
export const clearableSecrets = ["api-key", "ca", "cert"] as const;

/** Where secrets come from: a file or a variable, never the command line, which other processes can read. */
export interface SecretOptions {
  readonly apiKeyFile?: string;
  readonly apiKeyEnv?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly certKey?: string;
  /** The form that was taken back; kept so that it is refused without repeating what was typed. */
  readonly header?: readonly string[];
  /** Files with a header a line, "Name: value". */
  readonly headerFile?: readonly string[];
  /** "Name=VARIABLE" */
  readonly headerEnv?: readonly string[];
  readonly clear?: readonly (typeof clearableSecrets)[number][];
  /** Names of extra headers. */
  readonly clearHeader?: readonly string[];
}

/** A mistake in the command line itself, told in words that hold no secret. */
export class UsageFault extends Error {}

const headerName = "[\\w!#$%&'*+.^`|~-]+";
const headerLine = new RegExp(String.raw`^\s*(${headerName})\s*:\s*(\S.*)$`, "u");
const headerVariable = new RegExp(`^(${headerName})=([A-Za-z_][A-Za-z0-9_]*)$`, "u");

/**
 * Reads the secrets that the options point to; nothing is left of blanks around a key or a header's value. Throws a
 * `UsageFault` for a mistake in the options, `file-missing` or `file-unreadable` for a file.
 */
export async function readSecrets(
  environment: NodeJS.ProcessEnv,
  options: SecretOptions,
): Promise<ProviderSecrets> {
  if (options.header !== undefined)
    throw new UsageFault(
      "A header's value may be a secret, and what stands in a command is seen by other programs and kept by the " +
        'shell. Write "Name: value" into a file and give --header-file FILE, or give --header-env Name=VARIABLE.',
    );
  const apiKey = await apiKeyOf(environment, options);
  const headers = await headersOf(environment, options);
  return {
    ...(apiKey !== undefined && { apiKey }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(options.ca !== undefined && { certificateAuthority: await read(options.ca) }),
    ...(options.cert !== undefined && { clientCertificate: await read(options.cert) }),
    ...(options.certKey !== undefined && { clientKey: await read(options.certKey) }),
  };
}

/**
 * The secrets with an empty text for each that is taken away. Throws a `UsageFault` for one that is given at the same
 * time, and for one that is not there: after a slip of the pen the secret would stay.
 */
export function withoutCleared(
  given: ProviderSecrets,
  { clear = [], clearHeader = [] }: SecretOptions,
  before: ProviderConfig | null,
): ProviderSecrets {
  const cleared: Record<string, string> = {};
  for (const secret of clear) {
    const { names, isThere } = secretsOf(secret, before);
    if (!isThere) throw new UsageFault(`There is nothing to clear: ${secret}.`);
    for (const name of names) {
      if (given[name] !== undefined) throw new UsageFault(`Either give ${secret} or clear it.`);
      cleared[name] = "";
    }
  }
  const headers: Record<string, string> = { ...given.headers };
  const isSame = (name: string) => (other: string) => other.toLowerCase() === name.toLowerCase();
  for (const name of clearHeader) {
    if (!(before?.headerNames ?? []).some(isSame(name)))
      throw new UsageFault(`There is no extra header ${name}.`);
    if (Object.keys(given.headers ?? {}).some(isSame(name)))
      throw new UsageFault(`Either give the header ${name} or clear it.`);
    headers[name] = "";
  }
  return { ...given, ...cleared, ...(Object.keys(headers).length > 0 && { headers }) };
}

function secretsOf(secret: (typeof clearableSecrets)[number], before: ProviderConfig | null) {
  if (secret === "api-key") return { names: ["apiKey"] as const, isThere: before?.hasApiKey === true };
  if (secret === "ca")
    return { names: ["certificateAuthority"] as const, isThere: before?.hasCertificateAuthority === true };
  return {
    names: ["clientCertificate", "clientKey"] as const,
    isThere: before?.hasClientCertificate === true,
  };
}

async function apiKeyOf(
  environment: NodeJS.ProcessEnv,
  { apiKeyFile, apiKeyEnv }: SecretOptions,
): Promise<string | undefined> {
  if (apiKeyFile !== undefined && apiKeyEnv !== undefined)
    throw new UsageFault("Give the key once: --api-key-file or --api-key-env.");
  if (apiKeyFile !== undefined) {
    const key = (await read(apiKeyFile)).trim();
    if (key === "") throw new UsageFault("The key file is empty.");
    return key;
  }
  return apiKeyEnv === undefined ? undefined : variable(environment, apiKeyEnv);
}

async function headersOf(
  environment: NodeJS.ProcessEnv,
  { headerFile = [], headerEnv = [] }: SecretOptions,
): Promise<[name: string, value: string][]> {
  const headers: [string, string][] = [];
  for (const path of headerFile)
    for (const line of (await read(path)).split("\n")) {
      if (line.trim() === "") continue;
      const [, name, value] = headerLine.exec(line.trim()) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageFault('A header file holds one header a line, as "Name: value".');
      headers.push([name, value]);
    }
  for (const text of headerEnv) {
    const [, name, from] = headerVariable.exec(text) ?? [];
    if (name === undefined || from === undefined)
      throw new UsageFault("A header from the environment is given as Name=VARIABLE.");
    headers.push([name, variable(environment, from)]);
  }
  return headers;
}

function variable(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name]?.trim() ?? "";
  if (value === "") throw new UsageFault(`There is nothing in the variable ${name}.`);
  return value;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new AppError(isMissing ? "file-missing" : "file-unreadable", { cause });
  }
}
