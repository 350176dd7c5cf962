import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../core/contract/errors.ts";
import type { Settings } from "../../core/contract/settings.ts";
import { makeProcessReader } from "../../core/rag/readers/process/process-reader.ts";
import { spawnNodeReader } from "../../core/rag/readers/process/node-reader.ts";
import type { FileReader } from "../../core/rag/readers/reader.ts";
import { readKeyFile } from "../../core/store/key-file.ts";
import { makeFileKeyWrapper } from "../../core/store/key-wrapper.ts";
import { unlockVault } from "../../core/store/vault.ts";
import { openLibrary, type LibraryHooks, type RunningLibrary } from "../../core/compose/open-library.ts";
import { openSettings } from "../../core/compose/settings-file.ts";
import { toFileError } from "./file-error.ts";
import type { Output } from "./output.ts";
import { defaultDataFolder, type ProgramPlaces } from "./places.ts";

/** Options that every command takes, before or after its name. */
export interface CommonOptions {
  readonly dataDir?: string;
  readonly keyFile?: string;
  readonly json?: boolean;
  readonly collection?: readonly string[];
}

/** One run of the command: what was asked for and what it runs on. */
export interface Session {
  readonly options: CommonOptions;
  readonly environment: NodeJS.ProcessEnv;
  readonly places: ProgramPlaces;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Lets this process connect at all; called by the gate's caller alone. */
  readonly openNetwork: () => void;
}

export function dataFolderOf(session: Session): string {
  return session.options.dataDir ?? defaultDataFolder(session.environment, process.platform);
}

/** What the person set in the window; defaults where there is no such file. */
export function settingsOf(session: Session): Settings {
  return openSettings(join(dataFolderOf(session), "settings.json")).current();
}

/** Says which stored settings cannot be read; their default stands in, and they stay as they are until set anew. */
export function noteUnreadable(session: Session): readonly (keyof Settings)[] {
  const keys = openSettings(join(dataFolderOf(session), "settings.json")).unreadable();
  if (keys.length > 0)
    session.output.note(
      `These stored settings are damaged or of a newer Qwill: ${keys.join(", ")}. They stay as they are until you set them anew.`,
    );
  return keys;
}

/** The key file that was named, by option or environment. */
export function keyFileOf(session: Session): string | null {
  return (session.options.keyFile ?? session.environment["QWILL_KEY_FILE"]) || null;
}

/** Folders that may hold models, looked at in order. */
export function modelFoldersOf(session: Session): [string, ...string[]] {
  return [join(dataFolderOf(session), "models"), ...session.places.models];
}

export function makeReader(session: Session, parallel = 1): FileReader {
  return makeProcessReader({ spawn: () => spawnNodeReader({ entry: session.places.readerEntry }), parallel });
}

/** Opens the library with the key file; never without one, never unencrypted. */
export async function openSession(
  session: Session,
  needs: {
    readonly model: "needed" | "wanted" | "none";
    /** Without it files and vectors that are waiting go on waiting: a question would wait behind them. */
    readonly isIndexing?: boolean;
    readonly hooks?: Partial<LibraryHooks>;
  },
): Promise<RunningLibrary> {
  const keyFile = keyFileOf(session);
  if (keyFile === null) throw new AppError("vault-needs-key");
  const { key, isOpenToOthers } = await readKeyFile(keyFile);
  if (isOpenToOthers)
    session.output.note(`Others on this machine can read ${keyFile}. Close it to them: chmod 600 ${keyFile}`);
  const dataFolder = dataFolderOf(session);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw toFileError(dataFolder, error);
  });
  const vault = await unlockVault(dataFolder, makeFileKeyWrapper("key-file", key));
  const { embeddingModel, threads } = settingsOf(session);
  const running = await openLibrary(
    {
      dataFolder,
      vault,
      nativeBinding: undefined,
      modelFolders: modelFoldersOf(session),
      embeddingModel,
      threads,
    },
    makeReader(session, 2),
    {
      changed: () => undefined,
      modelsChanged: () => undefined,
      failed: (error) => session.output.failure(error),
      diskFull: () => session.output.failure(new AppError("disk-full")),
      isWatching: false,
      parallelReads: 3,
      ...needs.hooks,
    },
  );
  try {
    // On a full disk what is there can still be read.
    await vault.confirm(running.generation).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === "disk-full")) throw error;
      session.output.failure(error);
    });
    if (running.isRolledBack)
      session.output.note("This library was put back from an older copy: it knows less than it did.");
    if (running.areChangesLost)
      session.output.note(
        "The log of the last changes was damaged: what was added, changed or removed last may be missing.",
      );
    if (needs.isIndexing !== true) running.library.pause();
    if (needs.model !== "none") await useModel(running, embeddingModel, needs.model === "needed", session);
    return running;
  } catch (error) {
    await running.close();
    throw error;
  }
}

async function useModel(
  running: RunningLibrary,
  modelId: string,
  isNeeded: boolean,
  session: Session,
): Promise<void> {
  try {
    await running.useModel(modelId, session.signal);
  } catch (error) {
    if (isNeeded || !(error instanceof AppError)) throw error;
    session.output.failure(error);
  }
}

/** The ids of the collections that were named; none named: all. */
export function collectionIds(session: Session, running: RunningLibrary): number[] {
  return (session.options.collection ?? []).map((name) => {
    const found = running.library.listCollections().find((one) => one.name === name);
    if (!found) throw new AppError("not-found", { facts: { collection: name } });
    return found.id;
  });
}
