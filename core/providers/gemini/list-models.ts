import { AppError } from "../../contract/errors.ts";
import type { ModelInfo } from "../provider.ts";

interface Row {
  readonly name?: unknown;
  readonly inputTokenLimit?: unknown;
  readonly outputTokenLimit?: unknown;
  readonly supportedGenerationMethods?: unknown;
}

/** One page of the model list: the models that generate text, and the mark of the next page. */
export function readModelPage(body: string): { readonly models: ModelInfo[]; readonly next: string | null } {
  let parsed: { readonly models?: readonly Row[]; readonly nextPageToken?: unknown };
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch (cause) {
    throw new AppError("provider-server", { cause, facts: { reason: "unreadable-models" } });
  }
  const next = parsed.nextPageToken;
  return {
    models: (parsed.models ?? []).flatMap(toModel),
    next: typeof next === "string" && next !== "" ? next : null,
  };
}

function toModel(row: Row): ModelInfo[] {
  const methods = row.supportedGenerationMethods;
  if (typeof row.name !== "string") return [];
  if (Array.isArray(methods) && !methods.includes("generateContent")) return [];
  return [
    {
      id: row.name.replace(/^models\//, ""),
      ...(typeof row.inputTokenLimit === "number" && { maxInputTokens: row.inputTokenLimit }),
      ...(typeof row.outputTokenLimit === "number" && { maxOutputTokens: row.outputTokenLimit }),
    },
  ];
}
