import type { ProviderDraft, VendorCard } from "../../../core/contract/tier-routes.ts";
import type { authSchemes, ProviderConfig, QwenRegion, Vendor } from "../../../core/contract/providers.ts";
import { qwenRegions } from "../../../core/contract/providers.ts";

/** A stored secret that the form can take away; an extra header goes by its name, a client certificate with its key. */
export type StoredSecret = "apiKey" | "authority" | "certificate" | `header ${string}`;

/** What stands in the form, as it is typed. Secrets are written, never read back. */
export interface ProviderFields {
  readonly vendor: Vendor;
  readonly name: string;
  readonly region: QwenRegion;
  readonly scope: string;
  readonly workspace: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string;
  readonly auth: (typeof authSchemes)[number];
  readonly authHeader: string;
  readonly headers: string;
  readonly authority: string;
  readonly certificate: string;
  readonly certificateKey: string;
  /** Stored secrets that go when it is saved. */
  readonly cleared: readonly StoredSecret[];
  readonly skipListing: boolean;
  readonly thinking: boolean;
  readonly thinkingBudget: number | null;
  readonly inputLimit: number | null;
  readonly outputLimit: number | null;
}

/** Fields of a new provider of this kind. */
export function newFields(card: VendorCard, taken: readonly string[]): ProviderFields {
  const region =
    card.regions.find((row) => !row.needsWorkspace && row.region === "singapore") ?? card.regions[0];
  return {
    vendor: card.vendor,
    name: freeName(card.vendor, taken),
    region: regionOf(region?.region) ?? "singapore",
    scope: region?.inference[0] ?? "",
    workspace: "",
    baseUrl: card.regions.length > 0 || card.vendor === "gemini" ? "" : (card.usualBaseUrl ?? ""),
    model: card.shippedModels[0] ?? "",
    apiKey: "",
    auth: "bearer",
    authHeader: "",
    headers: "",
    authority: "",
    certificate: "",
    certificateKey: "",
    cleared: [],
    skipListing: false,
    thinking: false,
    thinkingBudget: null,
    inputLimit: null,
    outputLimit: null,
  };
}

/** Fields of a provider that is being changed; its secrets stay where they are. */
export function fieldsOf(config: ProviderConfig): ProviderFields {
  return {
    vendor: config.vendor,
    name: config.name,
    region: config.region ?? "singapore",
    scope: config.scope ?? "",
    workspace: config.workspace ?? "",
    baseUrl: config.baseUrl ?? "",
    model: config.model,
    apiKey: "",
    auth: config.auth.scheme,
    authHeader: config.auth.header ?? "",
    headers: "",
    authority: "",
    certificate: "",
    certificateKey: "",
    cleared: [],
    skipListing: config.skipModelListing,
    thinking: config.thinking.enabled,
    thinkingBudget: config.thinking.budget ?? null,
    inputLimit: config.maxInputTokens ?? null,
    outputLimit: config.maxOutputTokens ?? null,
  };
}

/** What goes to main. Secrets that were left empty are left out, and so keep their value; a cleared one is empty. */
export function draftOf(
  fields: ProviderFields,
  card: VendorCard,
  before: ProviderConfig | null,
): ProviderDraft {
  const hasRegions = card.regions.length > 0;
  const text = (value: string) => (value.trim() === "" ? undefined : value.trim());
  const baseUrl = hasRegions ? undefined : text(fields.baseUrl);
  const workspace = hasRegions ? text(fields.workspace) : undefined;
  const headers = headersOf(fields, before);
  const secret = (value: string, name: StoredSecret) =>
    text(value) ?? (fields.cleared.includes(name) ? "" : undefined);
  const secrets = {
    ...given("apiKey", secret(fields.apiKey, "apiKey")),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...given("certificateAuthority", secret(fields.authority, "authority")),
    ...given("clientCertificate", secret(fields.certificate, "certificate")),
    ...given("clientKey", secret(fields.certificateKey, "certificate")),
  };
  return {
    config: {
      name: fields.name,
      vendor: fields.vendor,
      model: fields.model.trim(),
      ...(before?.tunedFrom !== undefined && { tunedFrom: before.tunedFrom }),
      ...given("baseUrl", baseUrl),
      ...(hasRegions && { region: fields.region }),
      ...given("workspace", workspace),
      ...(hasRegions && fields.scope !== "" && { scope: fields.scope }),
      auth: { scheme: fields.auth, ...(fields.auth === "header" && { header: fields.authHeader.trim() }) },
      skipModelListing: fields.skipListing,
      thinking: {
        enabled: fields.thinking,
        ...(fields.thinking && fields.thinkingBudget !== null && { budget: fields.thinkingBudget }),
      },
      ...(fields.inputLimit !== null && { maxInputTokens: fields.inputLimit }),
      ...(fields.outputLimit !== null && { maxOutputTokens: fields.outputLimit }),
    },
    secrets,
  };
}

/** A field without a value is left out, never undefined. */
function given<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}

/** The headers that were typed, and an empty text for each that is taken away and not typed anew. */
function headersOf(fields: ProviderFields, before: ProviderConfig | null): Record<string, string> {
  const typed = parseHeaders(fields.headers) ?? {};
  const names = Object.keys(typed).map((name) => name.toLowerCase());
  const gone = (before?.headerNames ?? []).filter(
    (name) => fields.cleared.includes(`header ${name}`) && !names.includes(name.toLowerCase()),
  );
  return { ...typed, ...Object.fromEntries(gone.map((name) => [name, ""])) };
}

/** "Name: value" by line; null when a line is no header. */
export function parseHeaders(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*(\S.*)$/u.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    headers[name] = value.trim();
  }
  return headers;
}

/** The vendor's name, with a number where it is taken. */
export function freeName(vendor: string, taken: readonly string[]): string {
  let name = vendor;
  for (let number = 2; taken.includes(name); number += 1) name = `${vendor}-${number}`;
  return name;
}

export function regionOf(name: string | undefined): QwenRegion | undefined {
  return qwenRegions.find((region) => region === name);
}
