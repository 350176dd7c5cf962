import type { SuggestEvent, SuggestRequest } from "../../contract/suggest.ts";
import type { ProviderCall } from "../../providers/provider.ts";
import type { SuggestDependencies } from "../dependencies.ts";
import type { Prepared } from "./prepare.ts";

/** A call that may be sent, until it is closed. */
export interface Approved {
  readonly call: ProviderCall;
  close(): void;
}

const TEMPERATURE = 0.3;

/**
 * The call for a prompt, reviewed and sealed by the hash of its bytes where it leaves this process. Throws
 * review-declined where the person did not send it.
 */
export async function* approve(
  request: SuggestRequest,
  { served, prompt, protectedParts }: Extract<Prepared, { prompt: unknown }>,
  { envelope, thinking }: Pick<SuggestDependencies, "envelope" | "thinking">,
  signal: AbortSignal,
): AsyncGenerator<SuggestEvent, Approved, undefined> {
  const call: ProviderCall = {
    requestId: request.id,
    model: served.model,
    messages: prompt.messages,
    maxOutputTokens: prompt.maxOutputTokens,
    temperature: TEMPERATURE,
    thinking: { enabled: served.provider.capabilities.thinking && thinking() },
  };
  const { outside } = served.provider;
  if (outside === undefined) return { call, close: () => undefined };
  const letter = await envelope.write(
    protectedParts,
    call.messages.map(({ content }) => content),
    (texts) =>
      outside.requestOf(
        { ...call, messages: call.messages.map(({ role }, at) => ({ role, content: texts[at] ?? "" })) },
        signal,
      ),
  );
  if (envelope.isReviewed(letter))
    yield {
      type: "review-waiting",
      host: new URL(letter.request.address).host,
      texts: [...letter.texts],
    };
  return { call, close: await envelope.seal(letter, signal) };
}
