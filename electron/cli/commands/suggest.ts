import { randomUUID } from "node:crypto";
import { assertNever } from "../../../core/contract/errors.ts";
import type { SuggestEvent, SuggestRequest } from "../../../core/contract/suggest.ts";
import type { Tier } from "../../../core/contract/tiers.ts";
import { suggest } from "../../../core/suggest/suggest.ts";
import {
  leftOutNote,
  maskedNote,
  moderationNote,
  noticeOf,
  retractedNote,
  reviewNote,
  sentenceOf,
} from "../messages.ts";
import { collectionIds, type Session } from "../session.ts";

type SuggestOptions = Pick<SuggestRequest, "intent" | "tone" | "length"> & {
  readonly withoutHeldBack?: boolean;
  readonly text?: string;
  readonly model?: string;
  readonly tier: Tier;
};

/** `qwill suggest REQUEST`: the suggestion as it is written, then where its quotes stand. */
export async function suggestCommand(
  session: Session,
  [text = ""]: string[],
  options: SuggestOptions,
): Promise<number> {
  if (`${text}${options.text ?? ""}`.trim() === "") {
    session.output.note("Say what to suggest, or give --text to work on.");
    return 2;
  }
  // The rest is loaded by those who ask for a suggestion.
  const { withQwill } = await import("../open-qwill.ts");
  return withQwill(
    session,
    async (qwill, running) => {
      const request: SuggestRequest = {
        id: randomUUID(),
        intent: options.intent,
        text,
        ...(options.text !== undefined && { pasted: options.text }),
        collections: collectionIds(session, running),
        tier: options.tier,
        tone: options.tone,
        length: options.length,
        turns: [],
        reachConsent: false,
        withoutHeldBack: options.withoutHeldBack ?? false,
      };
      let code = 0;
      const sources = new Map<number, string>();
      for await (const event of suggest(request, qwill.suggest, session.signal)) {
        if (session.output.isJson) session.output.result(event, () => null);
        else show(event, sources, session);
        if (event.type === "suggest-error") code = 1;
        if (event.type === "suggest-end" && event.finish === "cancelled") code = 130;
        if (event.type === "suggest-end" && (event.finish === "declined" || event.finish === "moderated"))
          code = 1;
      }
      return code;
    },
    { search: "wanted", writer: options.model },
  );
}

function show(event: SuggestEvent, sources: Map<number, string>, { output }: Session): void {
  switch (event.type) {
    case "source-found": {
      const { number, path, title, place } = event.source;
      const where = [title, path, place.page && `page ${place.page}`, place.heading]
        .filter(Boolean)
        .join(", ");
      sources.set(number, where);
      return;
    }
    case "text-delta":
      return output.text(event.text);
    case "notice-given":
      return output.note(noticeOf(event.notice));
    case "collections-left-out":
      for (const { name, reach } of event.collections) output.note(leftOutNote(name, reach));
      return;
    case "values-masked":
      return output.note(maskedNote(event.counts));
    case "review-waiting":
      return output.note(reviewNote(event.host, event.texts));
    case "moderation-warned":
    case "moderation-blocked":
      return output.note(moderationNote(event.type, event.categories));
    case "suggestion-retracted":
      sources.clear();
      return output.note(retractedNote);
    case "usage-counted": {
      const { inputTokens, outputTokens, estimated } = event.usage;
      const cost = event.cost === null ? "" : `, ${event.cost.amount} ${event.cost.currency}`;
      return output.note(`\n(${estimated ? "about " : ""}${inputTokens} + ${outputTokens} tokens${cost})`);
    }
    case "suggest-error":
      output.note(`${sentenceOf(event.failure)} (${event.failure.code})`);
      if (event.offer !== null) output.note("This device can answer by itself: leave out --tier.");
      return;
    case "suggest-end":
      if (event.finish === "declined") output.note(sentenceOf({ code: "review-declined" }));
      output.text(`\n\n${[...sources].map(([number, where]) => `[${number}] ${where}`).join("\n")}\n`);
      return;
    case "suggest-start":
    case "reasoning-delta":
    case "citation-checked":
      return;
    default:
      assertNever(event);
  }
}
