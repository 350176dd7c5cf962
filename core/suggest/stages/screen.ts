import type { SuggestEvent, SuggestRequest } from "../../contract/suggest.ts";
import type { Verdict } from "../../safety/moderator.ts";
import type { SuggestDependencies } from "../dependencies.ts";

/** Moderation of what the person asks; what comes of a block is for the decision. */
export async function* screen(
  request: SuggestRequest,
  { moderator }: Pick<SuggestDependencies, "moderator">,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent, Verdict, undefined> {
  const verdict = await moderator.checkInput([request.text, request.pasted ?? ""].join("\n"), signal);
  if (verdict.state === "checked" && verdict.action !== "allow")
    yield {
      type: verdict.action === "block" ? "moderation-blocked" : "moderation-warned",
      of: "request",
      categories: [...verdict.categories],
    };
  return verdict;
}
