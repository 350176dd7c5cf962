import type { VendorCard } from "../../../core/contract/tier-routes.ts";
import type { ProviderConfig } from "../../../core/contract/providers.ts";
import { parseHeaders, type ProviderFields } from "./provider-fields.ts";

/** What is wrong with a field, as the end of a catalogue key below `providers`. */
export type FieldFault =
  | "nameWrong"
  | "nameTaken"
  | "baseUrlWrong"
  | "baseUrlPlain"
  | "workspaceNeeded"
  | "modelNeeded"
  | "keyNeeded"
  | "headersWrong";

export type FieldFaults = Partial<
  Record<"name" | "baseUrl" | "workspace" | "model" | "apiKey" | "headers", FieldFault>
>;

/** What main would refuse, said beside the field before it is sent. */
export function checkFields(
  fields: ProviderFields,
  card: VendorCard,
  before: ProviderConfig | null,
  taken: readonly string[],
): FieldFaults {
  const faults: FieldFaults = {};
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(fields.name)) faults.name = "nameWrong";
  else if (before === null && taken.includes(fields.name)) faults.name = "nameTaken";
  const hasRegions = card.regions.length > 0;
  if (!hasRegions && (card.needsBaseUrl || fields.baseUrl.trim() !== "")) {
    const fault = addressFault(fields.baseUrl.trim());
    if (fault) faults.baseUrl = fault;
  }
  const region = card.regions.find((row) => row.region === fields.region);
  if (region?.needsWorkspace && fields.workspace.trim() === "") faults.workspace = "workspaceNeeded";
  if (fields.model.trim() === "") faults.model = "modelNeeded";
  const keepsKey =
    before?.hasApiKey === true && !goesElsewhere(fields, before) && !fields.cleared.includes("apiKey");
  if (card.needsApiKey && fields.auth !== "none" && fields.apiKey.trim() === "" && !keepsKey)
    faults.apiKey = "keyNeeded";
  if (parseHeaders(fields.headers) === null) faults.headers = "headersWrong";
  return faults;
}

/** True for a key whose terms exclude this use; it is warned of, not refused. */
export function isPlanKey({ apiKey }: ProviderFields, { planKeyPrefix }: VendorCard): boolean {
  return planKeyPrefix !== null && apiKey.trim().startsWith(planKeyPrefix);
}

function addressFault(address: string): FieldFault | null {
  if (!URL.canParse(address)) return "baseUrlWrong";
  const { protocol, hostname } = new URL(address);
  if (protocol === "https:") return null;
  if (protocol !== "http:") return "baseUrlWrong";
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname) ? null : "baseUrlPlain";
}

/** True when calls would go to another place than before: secrets never follow there. */
export function goesElsewhere(fields: ProviderFields, before: ProviderConfig): boolean {
  return (
    fields.vendor !== before.vendor ||
    (before.region !== undefined && fields.region !== before.region) ||
    fields.workspace.trim() !== (before.workspace ?? "") ||
    originOf(fields.baseUrl) !== originOf(before.baseUrl ?? "")
  );
}

function originOf(address: string): string {
  return URL.canParse(address.trim()) ? new URL(address.trim()).origin : address.trim();
}
