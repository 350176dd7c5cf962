import { readdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from "electron";
import { AppError } from "../../../core/contract/errors.ts";
import { formats } from "../../../core/contract/documents.ts";
import type { Handlers } from "../../../core/contract/routes.ts";
import { workerRoutes, type WorkerRoute } from "../../worker/surface.ts";
import type { Library } from "../library.ts";
import type { NativeTexts } from "../native-texts.ts";

export interface LibraryDeps {
  readonly library: Library;
  readonly window: () => BrowserWindow | null;
  readonly words: () => NativeTexts;
  readonly sampleLibrary: string;
}

/** Routes that need the system's dialogs or file manager before the worker does its part. */
type OwnRoute =
  | "library.add-files"
  | "library.add-folder"
  | "library.add-dropped"
  | "library.add-sample"
  | "library.reveal";

/** Everything about the library: the worker's own routes passed on, and those that begin with a dialog. */
export function libraryHandlers(deps: LibraryDeps): Pick<Handlers, WorkerRoute | OwnRoute> {
  const { library } = deps;
  const passedOn = Object.fromEntries(
    workerRoutes.map((name) => [
      name,
      (input: never, signal: AbortSignal) => library.request(name, input, signal),
    ]),
  ) as unknown as Pick<Handlers, WorkerRoute>;

  async function chosen(options: OpenDialogOptions): Promise<string[]> {
    const window = deps.window();
    const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
    return answer.canceled ? [] : answer.filePaths;
  }

  async function add(
    collectionId: number,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<{ added: number }> {
    if (paths.length === 0) return { added: 0 };
    return library.request("library.add-paths", { collectionId, paths }, signal);
  }

  return {
    ...passedOn,
    "library.add-files": async ({ collectionId }, signal) => {
      const words = deps.words();
      const paths = await chosen({
        title: words.addFiles,
        properties: ["openFile", "multiSelections"],
        filters: [
          { name: words.readableFiles, extensions: [...formats, "htm", "markdown", "text"] },
          { name: words.allFiles, extensions: ["*"] },
        ],
      });
      return add(collectionId, paths, signal);
    },
    "library.add-folder": async ({ collectionId }, signal) =>
      add(
        collectionId,
        await chosen({ title: deps.words().addFolder, properties: ["openDirectory"] }),
        signal,
      ),
    "library.add-dropped": async ({ collectionId, files }, signal) => {
      if (!files.every((path) => isAbsolute(path))) throw new AppError("bad-request");
      return add(collectionId, files, signal);
    },
    "library.add-sample": async (_input, signal) => {
      const name = deps.words().sampleLibrary;
      const known = (await library.request("collections.list", undefined, signal)).find(
        (row) => row.name === name,
      );
      const collection = known ?? (await library.request("collections.create", { name }, signal));
      const { added } = await add(collection.id, await sampleFiles(deps.sampleLibrary), signal);
      return { collectionId: collection.id, added };
    },
    "library.reveal": async ({ fileId }, signal) => {
      shell.showItemInFolder(await library.request("library.path-of", { fileId }, signal));
      return undefined;
    },
  };
}

/** The texts, without the list of questions that goes with them. */
async function sampleFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /\.(md|txt)$/.test(name) && name !== "README.md")
    .map((name) => join(folder, name));
}
