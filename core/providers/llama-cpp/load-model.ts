import { access, constants, open } from "node:fs/promises";
import { AppError } from "../../contract/errors.ts";
import { availableMemory } from "./available-memory.ts";
import type { Llama, LlamaContext, LlamaModel } from "node-llama-cpp";

export interface LlamaOptions {
  /** Path of the GGUF file. */
  readonly modelPath: string;
  /** Threads to compute with; 0 leaves it to the engine. */
  readonly threads: number;
  /** Longest context wanted, in tokens; made smaller when memory asks for it. */
  readonly contextTokens?: number;
  /** Bytes of memory that may be used; what the system has free when left out. */
  readonly memory?: number;
}

export interface LoadedModel {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
}

const smallestContext = 1024;
const usualContext = 8192;
/** Left for the window and the rest of the machine. */
const reservedMemory = 512 * 2 ** 20;

/**
 * Loads a GGUF file with the prebuilt engine; never builds or downloads one. Throws model-missing,
 * model-damaged, or memory-too-small with {neededMegabytes, freeMegabytes}.
 */
export async function loadModel(options: LlamaOptions, signal: AbortSignal): Promise<LoadedModel> {
  await checkFile(options.modelPath);
  const { getLlama, InsufficientMemoryError, LlamaLogLevel, readGgufFileInfo, GgufInsights } =
    await import("node-llama-cpp");
  signal.throwIfAborted();
  const llama = await getLlama({
    gpu: "auto",
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
  });
  try {
    const insights = await GgufInsights.from(
      await readGgufFileInfo(options.modelPath, { logWarnings: false }),
      llama,
    );
    const free = (options.memory ?? (await availableMemory())) - reservedMemory;
    const needed = insights.estimateModelResourceRequirements({ gpuLayers: 0 }).cpuRam;
    if (needed > free) throw memoryTooSmall(needed, free);
    const model = await llama.loadModel({ modelPath: options.modelPath, loadSignal: signal });
    const wanted = Math.min(options.contextTokens ?? usualContext, model.trainContextSize);
    const context = await model.createContext({
      contextSize: { min: Math.min(smallestContext, wanted), max: wanted },
      sequences: 1,
      ...(options.threads > 0 && { threads: options.threads }),
      createSignal: signal,
    });
    return { llama, model, context };
  } catch (error) {
    await llama.dispose();
    if (error instanceof AppError || signal.aborted) throw error;
    if (error instanceof InsufficientMemoryError) throw new AppError("memory-too-small", { cause: error });
    throw new AppError("model-damaged", { cause: error });
  }
}

/** The first four bytes of every GGUF file. */
const magic = "GGUF";

async function checkFile(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    throw new AppError("model-missing", { cause });
  }
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4 || buffer.toString("latin1") !== magic) throw new AppError("model-damaged");
  } finally {
    await file.close();
  }
}

function memoryTooSmall(needed: number, free: number): AppError {
  const megabytes = (bytes: number) => Math.max(0, Math.round(bytes / 2 ** 20));
  return new AppError("memory-too-small", {
    facts: { neededMegabytes: megabytes(needed), freeMegabytes: megabytes(free) },
  });
}
