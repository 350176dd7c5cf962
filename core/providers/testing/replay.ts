import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { framings, type Framing } from "../../../e2e/fakes/framings.ts";
import { startHttpFake, type FakeServer } from "../../../e2e/fakes/http-fake.ts";
import { vendor } from "../../contract/providers.ts";
import { usage } from "../../contract/suggest.ts";

const recordedReply = z.strictObject({
  vendor,
  /** When and how it was made, for whoever doubts it. */
  made: z.string(),
  /** The body of the server's list of models; null: it has none. */
  models: z.unknown(),
  /** The streamed body, event by event, as it came. */
  events: z.array(z.string()),
  expects: z.strictObject({
    text: z.string(),
    reasoning: z.string(),
    /** Null: the server reports none, and it is estimated. */
    usage: usage.nullable(),
    finish: z.string(),
  }),
});
export type RecordedReply = z.infer<typeof recordedReply>;

/** The replies that lie beside an adapter in `fixtures/`. */
export function readRecordedReplies(folder: string): RecordedReply[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => recordedReply.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))));
}

/** A server that answers every call with the recorded reply, framed so. */
export function startReplay(recorded: RecordedReply, framing: Framing): Promise<FakeServer> {
  return startHttpFake({
    answer: async (request, reply) => {
      const isList = request.method === "GET";
      const isFound = request.path.endsWith("/chat/completions") || (isList && recorded.models !== null);
      reply.head(isFound ? 200 : 404, { "content-type": isList ? "application/json" : "text/event-stream" });
      if (isFound && isList) await reply.write(JSON.stringify(recorded.models));
      if (isFound && !isList)
        for (const packet of framings[framing](recorded.events)) await reply.write(packet);
      await reply.end();
    },
  });
}
