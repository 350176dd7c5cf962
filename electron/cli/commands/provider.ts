import { providerDraft, type ProviderDraft } from "../../../core/contract/tier-routes.ts";
import type { ProviderConfig, QwenRegion, Vendor } from "../../../core/contract/providers.ts";
import { planKeyPrefix } from "../../../core/providers/qwen/api-key.ts";
import { sentenceOf } from "../messages.ts";
import type { Session } from "../session.ts";
import { readSecrets, UsageFault, withoutCleared, type SecretOptions } from "./provider-secrets.ts";

export interface AddOptions extends SecretOptions {
  readonly vendor: Vendor;
  readonly model: string;
  readonly baseUrl?: string;
  readonly region?: QwenRegion;
  readonly workspace?: string;
  readonly scope?: string;
  readonly auth?: ProviderConfig["auth"]["scheme"];
  readonly authHeader?: string;
  readonly thinking?: boolean;
  readonly thinkingBudget?: number;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  readonly skipModelListing?: boolean;
}

/** `qwill provider add NAME …`: into the encrypted library; nothing is sent. */
export async function addProviderCommand(
  session: Session,
  [name = ""]: string[],
  options: AddOptions,
): Promise<number> {
  try {
    const given = await readSecrets(session.environment, options);
    const { withQwill } = await import("../open-qwill.ts");
    return await withQwill(session, async ({ tiers }) => {
      const before = (await tiers.providers.list(session.signal)).find((one) => one.name === name) ?? null;
      const secrets = withoutCleared(given, options, before);
      const config = await tiers.providers.save(draftOf(name, options, secrets, before), session.signal);
      session.output.result(config, () => `${config.name} is set up (${config.vendor}, ${config.model}).`);
      if (options.vendor === "qwen" && secrets.apiKey?.startsWith(planKeyPrefix) === true)
        session.output.note(
          "This key belongs to a subscription for interactive tools, whose terms exclude this use: give a pay-as-you-go key.",
        );
      session.output.note(`Text goes as far as: ${config.reach}. Try it: qwill provider test ${config.name}`);
      return 0;
    });
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error;
    session.output.note(error.message);
    return 2;
  }
}

function draftOf(
  name: string,
  options: AddOptions,
  secrets: ProviderDraft["secrets"],
  before: ProviderConfig | null,
): ProviderDraft {
  const { baseUrl, region, workspace, scope, maxInputTokens, maxOutputTokens } = options;
  const hasKey = secrets.apiKey === undefined ? (before?.hasApiKey ?? false) : secrets.apiKey !== "";
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
      auth: authOf(options, hasKey, secrets.headers !== undefined),
      skipModelListing: options.skipModelListing ?? false,
      thinking: {
        enabled: options.thinking ?? options.thinkingBudget !== undefined,
        ...(options.thinkingBudget !== undefined && { budget: options.thinkingBudget }),
      },
    },
    secrets,
  });
  if (parsed.success) return parsed.data;
  // Values may be secrets: only the place of the mistake is told.
  const [issue] = parsed.error.issues;
  throw new UsageFault(`This cannot be taken: ${issue?.path.at(-1)?.toString() ?? "?"}. See --help.`);
}

function authOf(options: AddOptions, hasKey: boolean, hasHeaders: boolean): ProviderConfig["auth"] {
  const header = options.authHeader;
  if (options.auth !== undefined) return { scheme: options.auth, ...(header !== undefined && { header }) };
  if (header !== undefined) return { scheme: "header", header };
  // A gateway that knows the caller by a header of its own wants no key beside it.
  if (!hasKey && hasHeaders) return { scheme: "none" };
  if (options.vendor === "gemini") return { scheme: "header", header: "x-goog-api-key" };
  return { scheme: options.vendor === "pai-eas" ? "raw" : "bearer" };
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
