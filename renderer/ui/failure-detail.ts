import type { Failure } from "../../core/contract/errors.ts";

/** Names the closer sentence of a failure below `errorDetails.<code>`; "" where the plain one says it all. */
export function detailOf({ code, facts = {} }: Failure): string {
  if (typeof facts["reason"] === "string") return facts["reason"];
  if (code === "reach-not-allowed" && facts["what"] === "texts")
    return typeof facts["collection"] === "string" ? "conversation" : "unknown";
  if (code === "reach-not-allowed" && typeof facts["collection"] === "string") return "collection";
  if (code === "not-allowed" && typeof facts["categories"] === "string") return "moderation";
  if (code === "budget-exceeded" && typeof facts["limit"] === "number") return "limit";
  return "";
}
