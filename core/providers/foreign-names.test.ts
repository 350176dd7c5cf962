import { expect, test } from "vitest";
import { readStream as readGemini } from "./gemini/read-stream.ts";
import { readStream as readOpenAi } from "./openai-compatible/read-stream.ts";
import { byStatusAlone } from "./openai-compatible/vendor-traits.ts";
import { quoteTuning } from "./fine-tune/estimate-tuning.ts";
import { readJob } from "./fine-tune/tuning-replies.ts";
import { classifyQwenFault } from "./qwen/classify-fault.ts";
import { readFault } from "./openai-compatible/fault.ts";
import type { StreamPart } from "./provider.ts";

/** What a plain object answers to without having been given it. */
const names = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"];

async function partsOf(
  read: (events: AsyncIterable<{ event: string; data: string }>) => AsyncIterable<StreamPart>,
  chunk: unknown,
): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  async function* events() {
    yield await Promise.resolve({ event: "message", data: JSON.stringify(chunk) });
  }
  for await (const part of read(events())) parts.push(part);
  return parts;
}

test.each(names)("the name %s from a server is an unknown one, not a property of a table", async (name) => {
  const text = { choices: [{ delta: { content: "a" }, finish_reason: name }] };
  const parts = await partsOf((events) => readOpenAi(events, { classify: byStatusAlone }), text);
  expect(parts.at(-1)).toEqual({ type: "finish", finish: { reason: "stop", raw: name } });
  await expect(
    partsOf(readGemini, { candidates: [{ content: { parts: [{ text: "a" }] }, finishReason: name }] }),
  ).rejects.toMatchObject({ code: "provider-interrupted" });
  expect(classifyQwenFault(readFault(400, JSON.stringify({ code: name, message: "m" })))).toBeNull();
  expect(() => readJob({ job_id: "j", status: name })).toThrow(
    expect.objectContaining({ code: "provider-server" }) as Error,
  );
  expect(() => quoteTuning([{ tokens: 1 }], name, 1)).toThrow(
    expect.objectContaining({ code: "not-allowed" }) as Error,
  );
});
