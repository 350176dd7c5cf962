import { availableParallelism } from "node:os";
import { AppError } from "../../contract/errors.ts";
import type { ChatHistoryItem, ChatWrapper, LlamaChatResponse, LlamaContextSequence } from "node-llama-cpp";
import type { Finish, Message, Provider, ProviderCall, StreamPart } from "../provider.ts";
import { makePartQueue, type PartQueue } from "./part-queue.ts";
import { loadModel, type LlamaOptions, type LoadedModel } from "./load-model.ts";

/** A model loaded into this process; hold one at a time. */
export interface LlamaProvider extends Provider {
  /** Generations under way. */
  readonly active: number;
  close(): Promise<void>;
}

/** Fewer tokens than this are no answer: a prompt that leaves less is too long. */
const smallestAnswer = 64;

/**
 * Loads the GGUF file and serves calls one after the other. Thoughts of a model that thinks come as
 * reasoning; usage is exact. Rejects with model-missing, model-damaged or memory-too-small.
 */
export async function openLlamaProvider(
  options: LlamaOptions & { readonly modelId: string },
  signal: AbortSignal,
): Promise<LlamaProvider> {
  const threads = options.threads > 0 ? options.threads : availableParallelism();
  const loaded = await loadModel({ ...options, threads }, signal);
  const { LlamaChat, resolveChatWrapper } = await import("node-llama-cpp");
  const sequence = loaded.context.getSequence();
  let last: Promise<unknown> = Promise.resolve();
  let active = 0;

  const wrapperFor = (call: ProviderCall): ChatWrapper =>
    resolveChatWrapper(loaded.model, {
      customWrapperSettings: { qwen: { thoughts: call.thinking.enabled ? "auto" : "discourage" } },
    });

  async function generate(
    call: ProviderCall,
    queue: PartQueue<StreamPart>,
    stop: AbortSignal,
  ): Promise<void> {
    const chatWrapper = wrapperFor(call);
    const history = toHistory(call.messages);
    const inputTokens = countPrompt(loaded, chatWrapper, history);
    const room = loaded.context.contextSize - inputTokens;
    if (room < Math.min(smallestAnswer, call.maxOutputTokens))
      throw new AppError("provider-context-overflow", {
        facts: { inputTokens, maxInputTokens: loaded.context.contextSize - smallestAnswer },
      });
    const chat = new LlamaChat({ contextSequence: sequence, chatWrapper });
    const count = { output: 0, reasoning: 0 };
    try {
      const response = await chat.generateResponse(history, {
        maxTokens: Math.min(call.maxOutputTokens, room),
        temperature: call.temperature,
        signal: stop,
        // A word that small models fall into for ever is made less likely each time.
        repeatPenalty: { penalty: 1.1, lastTokens: 64 },
        ...(call.thinking.budget !== undefined && { budgets: { thoughtTokens: call.thinking.budget } }),
        onResponseChunk: (chunk) => {
          const isThought = chunk.type === "segment";
          count[isThought ? "reasoning" : "output"] += chunk.tokens.length;
          if (chunk.text !== "")
            queue.push({ type: isThought ? "reasoning-delta" : "text-delta", text: chunk.text });
        },
      });
      queue.push({
        type: "usage",
        usage: {
          inputTokens,
          outputTokens: count.output + count.reasoning,
          reasoningTokens: count.reasoning,
          cachedInputTokens: 0,
          estimated: false,
        },
      });
      queue.push({ type: "finish", finish: toFinish(response) });
    } finally {
      chat.dispose({ disposeSequence: false });
    }
  }

  async function* stream(call: ProviderCall, outer: AbortSignal): AsyncGenerator<StreamPart> {
    outer.throwIfAborted();
    const leave = new AbortController();
    const stop = AbortSignal.any([outer, leave.signal]);
    const queue = makePartQueue<StreamPart>();
    active += 1;
    const run = last
      .then(() => {
        stop.throwIfAborted();
        return generate(call, queue, stop);
      })
      .then(
        () => queue.end(),
        (error: unknown) => queue.fail(outer.aborted ? outer.reason : error),
      )
      .finally(() => {
        active -= 1;
      });
    last = run;
    try {
      yield* queue;
    } finally {
      leave.abort();
      await run;
    }
  }

  return {
    id: "llama-cpp",
    capabilities: {
      reach: "device",
      thinking: hasThoughts(resolveChatWrapper(loaded.model)),
      usage: true,
      listsModels: true,
      maxInputTokens: loaded.context.contextSize - smallestAnswer,
      maxOutputTokens: loaded.context.contextSize,
    },
    stream,
    listModels: async () => [{ id: options.modelId, maxInputTokens: loaded.context.contextSize }],
    checkHealth: async () => undefined,
    get active() {
      return active;
    },
    async close() {
      await last;
      await closeAll(loaded, sequence);
    },
  };
}

function toHistory(messages: readonly Message[]): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = messages.map((message) => {
    if (message.role === "assistant") return { type: "model", response: [message.content] };
    return { type: message.role, text: message.content };
  });
  return [...history, { type: "model", response: [] }];
}

/** The tokens of the prompt exactly as the model's chat template renders it. */
function countPrompt(loaded: LoadedModel, wrapper: ChatWrapper, chatHistory: ChatHistoryItem[]): number {
  const { contextText } = wrapper.generateContextState({ chatHistory });
  return contextText.tokenize(loaded.model.tokenizer).length;
}

function toFinish(response: LlamaChatResponse): Finish {
  const raw = response.metadata.stopReason;
  return { reason: raw === "maxTokens" ? "length" : "stop", raw };
}

function hasThoughts(wrapper: ChatWrapper): boolean {
  return wrapper.settings.segments?.thought !== undefined;
}

async function closeAll(loaded: LoadedModel, sequence: LlamaContextSequence): Promise<void> {
  await sequence.dispose();
  await loaded.context.dispose();
  await loaded.model.dispose();
  await loaded.llama.dispose();
}
