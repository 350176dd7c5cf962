import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleCall, providerContract } from "../testing/provider-contract.ts";
import { openLlamaProvider, type LlamaProvider } from "./llama-provider.ts";

const modelPath = resolve(import.meta.dirname, "../../../.cache/models/smollm2-135m-instruct-q4_1.gguf");
const hasModel = existsSync(modelPath);
if (!hasModel) console.warn("the test model is not set up (npm run setup -- --with-test-models): skipped");
const never = () => new AbortController().signal;

describe.skipIf(!hasModel)("with a real small model", () => {
  providerContract("the on-device model", async () => {
    const provider = await openLlamaProvider(
      { modelPath, modelId: "smollm2", threads: 1, contextTokens: 1024 },
      never(),
    );
    return {
      provider,
      call: exampleCall({ maxOutputTokens: 12 }),
      reply: null,
      openStreams: () => provider.active,
      failures: [
        {
          name: "a prompt longer than the context",
          call: exampleCall({ messages: [{ role: "user", content: "word ".repeat(3000) }] }),
          code: "provider-context-overflow",
        },
      ],
      close: () => provider.close(),
    };
  });

  describe("the words it writes", () => {
    let provider: LlamaProvider;
    beforeAll(async () => {
      provider = await openLlamaProvider(
        { modelPath, modelId: "smollm2", threads: 1, contextTokens: 1024 },
        never(),
      );
    });
    afterAll(() => provider.close());

    test("come from the passage it is given", async () => {
      let text = "";
      const call = exampleCall({
        messages: [
          {
            role: "user",
            content:
              "The notice period is thirty days. How long is the notice period? Answer in one short sentence.",
          },
        ],
        maxOutputTokens: 32,
      });
      for await (const part of provider.stream(call, never()))
        if (part.type === "text-delta") text += part.text;
      expect(text.toLowerCase()).toMatch(/thirty|30/);
    });

    test("stop at the limit, and say so", async () => {
      const call = exampleCall({
        messages: [{ role: "user", content: "Count from one to one hundred." }],
        maxOutputTokens: 8,
      });
      const parts = [];
      for await (const part of provider.stream(call, never())) parts.push(part);
      expect(parts.at(-1)).toEqual({ type: "finish", finish: { reason: "length", raw: "maxTokens" } });
      expect(parts.find((part) => part.type === "usage")?.usage).toMatchObject({
        outputTokens: 8,
        estimated: false,
      });
    });
  });

  test("a machine with too little memory is told before the load", async () => {
    const opening = openLlamaProvider(
      { modelPath, modelId: "smollm2", threads: 1, memory: 550 * 2 ** 20 },
      never(),
    );
    await expect(opening).rejects.toMatchObject({ code: "memory-too-small" });
  });
});

test("a missing file is a missing model", async () => {
  const opening = openLlamaProvider({ modelPath: "/nowhere/model.gguf", modelId: "x", threads: 1 }, never());
  await expect(opening).rejects.toMatchObject({ code: "model-missing" });
});

test("a file that is no GGUF is a damaged model, refused before the engine sees it", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "qwill-gguf-")), "model.gguf");
  writeFileSync(path, "<html>not found</html>");
  await expect(
    openLlamaProvider({ modelPath: path, modelId: "x", threads: 1 }, never()),
  ).rejects.toMatchObject({ code: "model-damaged" });
});
