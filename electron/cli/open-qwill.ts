import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { composeQwill, type Qwill } from "../../core/compose/compose-qwill.ts";
import { inTurn } from "../../core/compose/in-turn.ts";
import { accessTo } from "../../core/compose/library-requests.ts";
import type { RunningLibrary } from "../../core/compose/open-library.ts";
import { openSettings } from "../../core/compose/settings-file.ts";
import { modelHub } from "../../core/models/download.ts";
import { openLlamaProvider, type LlamaProvider } from "../../core/providers/llama-cpp/llama-provider.ts";
import { countQwenTokens } from "../../core/providers/tokens/qwen-tokens.ts";
import { dataFolderOf, modelFoldersOf, openSession, type Session } from "./session.ts";

export interface QwillNeeds {
  /** Whether the library is opened with its search model. */
  readonly search?: "wanted";
  /** As `model` of `openQwill`. */
  readonly writer?: string | undefined;
}

/** Opens the library and Qwill over it, and closes both whatever happens. */
export async function withQwill(
  session: Session,
  work: (qwill: Qwill, running: RunningLibrary) => Promise<number>,
  needs: QwillNeeds = {},
): Promise<number> {
  const running = await openSession(session, { model: needs.search ?? "none" });
  try {
    const qwill = openQwill(session, running, needs.writer);
    try {
      return await work(qwill, running);
    } finally {
      await qwill.close();
    }
  } finally {
    await running.close();
  }
}

/**
 * Puts together what the window puts together, in this process. Nothing is sent by opening it. `model`: the id of a
 * language model, or the path of its file, in place of the one that the settings choose.
 */
function openQwill(session: Session, running: RunningLibrary, model?: string): Qwill {
  const file = settingsFile(session);
  const isFile = model !== undefined && model.endsWith(".gguf") && existsSync(model);
  const settings =
    model === undefined || isFile
      ? file
      : { ...file, current: () => ({ ...file.current(), generationModel: model }) };
  let loaded: LlamaProvider | null = null;
  async function unload(): Promise<void> {
    const last = loaded;
    loaded = null;
    await last?.close();
  }
  const qwill = composeQwill({
    library: accessTo(running),
    settings,
    modelFolders: modelFoldersOf(session),
    modelHub,
    modelsChanged: () => undefined,
    loadModel: async ({ modelId, path, threads }, signal) =>
      (loaded ??= await openLlamaProvider({ modelId, modelPath: path, threads }, signal)),
    unloadModel: unload,
    countQwenTokens,
    ...(isFile && { modelFile: { modelId: basename(model, ".gguf"), path: resolve(model) } }),
    // From here on a provider is asked for: the process may open what the gate allows.
    beforeSending: () => session.openNetwork(),
    report: (_where, error) => session.output.failure(error),
  });
  return {
    ...qwill,
    close: () => inTurn(() => qwill.close(), unload),
  };
}

const settingsFile = (session: Session) => openSettings(join(dataFolderOf(session), "settings.json"));
