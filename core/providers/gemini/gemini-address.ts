import { AppError } from "../../contract/errors.ts";

/** Google's own address of the Gemini API. */
export const geminiBase = "https://generativelanguage.googleapis.com/v1beta";

/**
 * The root that `/models` is appended to: with its version, without a slash at the end, and without a
 * path to a model or method that was pasted along. Throws provider-bad-request for an address that is none.
 */
export function geminiAddress(address: string | undefined): string {
  if (address === undefined || address.trim() === "") return geminiBase;
  let url: URL;
  try {
    url = new URL(address.trim());
  } catch (cause) {
    throw new AppError("provider-bad-request", { cause, facts: { reason: "address" } });
  }
  url.search = "";
  url.hash = "";
  const path = url.pathname.replace(/\/(models|openai|tunedModels)(\/.*)?$/, "").replace(/\/+$/, "");
  url.pathname = /\/v\d+(alpha|beta)?\d*$/.test(path) ? path : `${path}/v1beta`;
  return url.toString().replace(/\/$/, "");
}

/** The path of a model's method; accepts a name with or without its `models/`. */
export function modelPath(model: string, method: string): string {
  const [, folder = "models", name = model] = /^(models|tunedModels)\/([^/]+)$/.exec(model) ?? [];
  return `/${folder}/${encodeURIComponent(name)}:${method}`;
}
