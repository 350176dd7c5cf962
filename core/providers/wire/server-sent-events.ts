import { AppError } from "../../contract/errors.ts";

/** One event of a stream: its name ("" where none was given) and its data lines joined by "\n". */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** An event larger than this is no model's answer. */
const largestEvent = 4_000_000;

/**
 * Splits a body into events as the HTML standard says (server-sent events): lines end in LF, CRLF or
 * CR, lines that begin with a colon are comments, several data lines join. A body that is not framed
 * at all (a bare JSON error in the middle of a stream) comes out as an event named "unframed". An
 * event that the end of the body cuts off is given as far as it came when it has a data line.
 */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let event = "";
  let data: string[] = [];
  let loose: string[] = [];
  let size = 0;
  const take = function* (): Generator<ServerSentEvent> {
    // Unknown fields are passed over, as the standard says; a body of JSON is none.
    if (/^\s*[[{,\]]/.test(loose[0] ?? "")) yield { event: "unframed", data: loose.join("\n") };
    if (data.length > 0) yield { event, data: data.join("\n") };
    event = "";
    data = [];
    loose = [];
    size = 0;
  };
  for await (const line of readLines(body)) {
    size += line.length;
    if (size > largestEvent) throw new AppError("provider-server", { facts: { reason: "event-too-large" } });
    if (line === "") yield* take();
    else if (line.startsWith(":")) continue;
    else {
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "data") data.push(value);
      else if (field === "event") event = value;
      else if (field !== "id" && field !== "retry") loose.push(line);
    }
  }
  yield* take();
}

/** Lines of a UTF-8 body; a CR at a chunk's end waits to see whether an LF follows. */
async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    // What was looked at stays looked at, but for a CR that may have been waiting.
    const seen = Math.max(0, rest.length - 1);
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > largestEvent)
      throw new AppError("provider-server", { facts: { reason: "event-too-large" } });
    let start = 0;
    for (let at = seen; at < rest.length; at += 1) {
      const code = rest.charCodeAt(at);
      if (code !== 10 && code !== 13) continue;
      if (code === 13 && at === rest.length - 1) break;
      yield rest.slice(start, at);
      if (code === 13 && rest.charCodeAt(at + 1) === 10) at += 1;
      start = at + 1;
    }
    rest = rest.slice(start);
  }
  rest += decoder.decode();
  for (const line of rest.split(/\r\n|\r|\n/)) yield line;
}
