import { describe, expect, test } from "vitest";
import { AppError } from "../../core/contract/errors.ts";
import type { Capabilities, ProviderCall } from "../../core/providers/provider.ts";
import type { EngineSurface } from "../engine/surface.ts";
import { serve } from "../process/link.ts";
import { makeFakeChild, type FakeChild } from "../process/testing/fake-child.ts";
import { makeEngine } from "./engine.ts";

const { signal } = new AbortController();
const model = { modelId: "small", path: "/models/small.gguf", threads: 1 };
const capabilities: Capabilities = {
  reach: "device",
  maxInputTokens: 4000,
  maxOutputTokens: 1000,
  thinking: false,
  usage: false,
  listsModels: false,
};

/** Engines whose model says one word and then nothing more; what each was asked. */
function makeRig() {
  const processes: FakeChild[] = [];
  const asked: string[] = [];
  const engine = makeEngine({
    fork: () => {
      const child = makeFakeChild();
      processes.push(child);
      const id = processes.length;
      serve<EngineSurface>(
        { post: (message) => child.say(message), listen: (listener) => child.hear(listener) },
        {
          requests: {
            load: async ({ modelId }) => {
              asked.push(`${id}: load ${modelId}`);
              if (modelId === "missing") throw new AppError("model-missing");
              return { capabilities };
            },
            unload: async () => void asked.push(`${id}: unload`),
          },
          streams: {
            generate: async function* () {
              yield { type: "text-delta", text: "Three" };
              await new Promise(() => undefined);
            },
          },
        },
        () => undefined,
      );
      queueMicrotask(() => child.spawn());
      return child;
    },
    report: () => undefined,
  });
  return { engine, processes, asked };
}
const call: ProviderCall = {
  requestId: "r",
  model: "small",
  messages: [{ role: "user", content: "How long?" }],
  maxOutputTokens: 10,
  temperature: 0,
  thinking: { enabled: false },
};

describe("the process of the on-device language model", () => {
  test("is forked by the first load and not to give back what was never loaded", async () => {
    const { engine, processes, asked } = makeRig();
    await engine.unload();
    expect(processes).toEqual([]);
    expect(await engine.load(model, signal)).toMatchObject({ id: "llama-cpp", capabilities });
    await engine.unload();
    expect([processes.length, asked]).toEqual([1, ["1: load small", "1: unload"]]);
    await engine.close();
    expect(processes.map(({ isAlive }) => isAlive)).toEqual([false]);
  });

  test("that dies in an answer fails it, forks nothing by itself, and is there again for the next load", async () => {
    const { engine, processes, asked } = makeRig();
    const provider = await engine.load(model, signal);
    const seen: unknown[] = [];
    const writing = (async () => {
      for await (const part of provider.stream(call, signal)) {
        seen.push(part);
        processes[0]?.exit(11);
      }
    })();
    await expect(writing).rejects.toMatchObject({ code: "worker-restarted" });
    expect([seen, processes.length]).toEqual([[{ type: "text-delta", text: "Three" }], 1]);
    await engine.unload();
    expect(processes).toHaveLength(1);
    await engine.load(model, signal);
    expect(asked).toEqual(["1: load small", "2: load small"]);
    await engine.close();
  });

  test("a model that cannot be loaded is told as such, and ends with its process when Qwill closes", async () => {
    const { engine, processes } = makeRig();
    await expect(engine.load({ ...model, modelId: "missing" }, signal)).rejects.toMatchObject({
      code: "model-missing",
    });
    await engine.close();
    expect(processes.map(({ isAlive }) => isAlive)).toEqual([false]);
    await expect(engine.load(model, signal)).rejects.toMatchObject({ code: "cancelled" });
  });
});
