import { readFile } from "node:fs/promises";
import { providerDraft, type ProviderDraft } from "../../../core/contract/tier-routes.ts";
import { AppError } from "../../../core/contract/errors.ts";
import type { ProviderConfig, QwenRegion, Vendor } from "../../../core/contract/providers.ts";
import { sentenceOf } from "../messages.ts";
import type { Session } from "../session.ts";

export interface AddOptions {
  readonly vendor: Vendor;
  readonly model: string;
  readonly baseUrl?: string;
  readonly region?: QwenRegion;
  readonly workspace?: string;
  readonly scope?: string;
  readonly apiKeyFile?: string;
  readonly apiKeyEnv?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly certKey?: string;
  readonly header?: readonly string[];
  readonly auth?: ProviderConfig["auth"]["scheme"];
  readonly authHeader?: string;
  readonly thinking?: boolean;
  readonly thinkingBudget?: number;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  readonly skipModelListing?: boolean;
}

/** A mistake in the command line itself, told in words. */
class UsageFault extends Error {}

/** `qwill provider add NAME …`: into the encrypted library; nothing is sent. */
export async function addProviderCommand(
  session: Session,
  [name = ""]: string[],
  options: AddOptions,
): Promise<number> {
  let draft: ProviderDraft;
  try {
    draft = await draftOf(session, name, options);
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error;
    session.output.note(error.message);
    return 2;
  }
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    const config = await tiers.providers.save(draft, session.signal);
    session.output.result(config, () => `${config.name} is set up (${config.vendor}, ${config.model}).`);
    session.output.note(`Text goes as far as: ${config.reach}. Try it: qwill provider test ${config.name}`);
    return 0;
  });
}

async function draftOf(session: Session, name: string, options: AddOptions): Promise<ProviderDraft> {
  if (options.apiKeyFile !== undefined && options.apiKeyEnv !== undefined)
    throw new UsageFault("Give the key once: --api-key-file or --api-key-env.");
  const apiKey = await apiKeyOf(session, options);
  const { baseUrl, region, workspace, scope, maxInputTokens, maxOutputTokens } = options;
  const parsed = providerDraft.safeParse({
    config: {
      name,
      vendor: options.vendor,
      model: options.model,
      ...(baseUrl !== undefined && { baseUrl }),
      ...(region !== undefined && { region }),
      ...(workspace !== undefined && { workspace }),
      ...(scope !== undefined && { scope }),
      ...(maxInputTokens !== undefined && { maxInputTokens }),
      ...(maxOutputTokens !== undefined && { maxOutputTokens }),
      auth: authOf(options, apiKey !== undefined),
      skipModelListing: options.skipModelListing ?? false,
      thinking: {
        enabled: options.thinking ?? options.thinkingBudget !== undefined,
        ...(options.thinkingBudget !== undefined && { budget: options.thinkingBudget }),
      },
    },
    secrets: {
      ...(apiKey !== undefined && { apiKey }),
      ...(options.header !== undefined && { headers: headersOf(options.header) }),
      ...(options.ca !== undefined && { certificateAuthority: await read(options.ca) }),
      ...(options.cert !== undefined && { clientCertificate: await read(options.cert) }),
      ...(options.certKey !== undefined && { clientKey: await read(options.certKey) }),
    },
  });
  if (parsed.success) return parsed.data;
  // Values may be secrets: only the place of the mistake is told.
  const [issue] = parsed.error.issues;
  throw new UsageFault(`This cannot be taken: ${issue?.path.at(-1)?.toString() ?? "?"}. See --help.`);
}

function authOf(options: AddOptions, hasKey: boolean): ProviderConfig["auth"] {
  const header = options.authHeader;
  if (options.auth !== undefined) return { scheme: options.auth, ...(header !== undefined && { header }) };
  if (header !== undefined) return { scheme: "header", header };
  // A gateway that knows the caller by a header of its own wants no key beside it.
  if (!hasKey && options.header !== undefined) return { scheme: "none" };
  if (options.vendor === "gemini") return { scheme: "header", header: "x-goog-api-key" };
  return { scheme: options.vendor === "pai-eas" ? "raw" : "bearer" };
}

function headersOf(given: readonly string[]): Record<string, string> {
  const pairs = given.map((text) => {
    const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.+?)\s*$/.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageFault('A header is given as "Name: value".');
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

async function apiKeyOf(session: Session, options: AddOptions): Promise<string | undefined> {
  if (options.apiKeyFile !== undefined) {
    const key = (await read(options.apiKeyFile)).trim();
    if (key === "") throw new UsageFault("The key file is empty.");
    return key;
  }
  if (options.apiKeyEnv === undefined) return undefined;
  const key = session.environment[options.apiKeyEnv]?.trim() ?? "";
  if (key === "") throw new UsageFault(`There is nothing in the variable ${options.apiKeyEnv}.`);
  return key;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new AppError(isMissing ? "file-missing" : "file-unreadable", { cause });
  }
}

/** `qwill provider list` */
export async function listProvidersCommand(session: Session): Promise<number> {
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    for (const config of await tiers.providers.list(session.signal))
      session.output.result(
        config,
        () =>
          `${config.name}  ${config.vendor}  ${config.model}  ${config.baseUrl ?? config.region ?? ""}  (${config.reach})`,
      );
    return 0;
  });
}

/** `qwill provider test NAME`: exit 1 when a call would not be served, with the reason. */
export async function testProviderCommand(session: Session, [name = ""]: string[]): Promise<number> {
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    const test = await tiers.testProvider(name, session.signal);
    session.output.result(test, () =>
      test.failure === null
        ? `${name} answers (${Math.round(test.milliseconds)} ms). Models: ${test.models.join(", ") || "not listed"}`
        : null,
    );
    if (test.modelListed === false)
      session.output.note("The model that was set up is not among those that the server lists.");
    if (test.failure === null) return 0;
    session.output.note(`${sentenceOf(test.failure)} (${test.failure.code})`);
    return 1;
  });
}

/** `qwill provider remove NAME` */
export async function removeProviderCommand(session: Session, [name = ""]: string[]): Promise<number> {
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(session, async ({ tiers }) => {
    await tiers.removeProvider(name, session.signal);
    session.output.result({ removed: name }, () => `${name} and its secrets are gone.`);
    return 0;
  });
}
