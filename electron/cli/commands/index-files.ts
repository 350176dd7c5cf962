import { stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import type { Failure } from "../../../core/contract/errors.ts";
import type { FileDone } from "../../../core/rag/library/indexer-read.ts";
import type { Library } from "../../../core/rag/library/library.ts";
import { walkFolder } from "../../../core/rag/library/watch-walk.ts";
import { sentenceOf } from "../messages.ts";
import { openSession, type Session } from "../session.ts";

interface Line {
  readonly path: string;
  readonly state: "ready" | "unchanged" | "failed";
  readonly passages: number;
  readonly reason?: string;
  readonly code?: string;
}

export const defaultCollection = "Documents";

/** `qwill index PATH…`: a line per file, then the summary. */
export async function indexCommand(
  session: Session,
  paths: string[],
  options: { wordsOnly?: boolean },
): Promise<number> {
  const { output, signal } = session;
  const startedAt = performance.now();
  const wanted = paths.map((path) => resolve(path));
  const isWanted = (path: string): boolean =>
    wanted.some((one) => path === one || path.startsWith(one.endsWith(sep) ? one : one + sep));
  const summary = { ready: 0, unchanged: 0, failed: 0, passages: 0 };
  const told = new Set<string>();

  function tell(line: Line): void {
    if (told.has(line.path) || !isWanted(line.path)) return;
    told.add(line.path);
    summary[line.state] += 1;
    summary.passages += line.passages;
    output.result(
      line,
      () => `${line.state.padEnd(9)} ${line.path}  ${line.reason ?? `${line.passages} passages`}`,
    );
  }

  const fail = (path: string, failure: Failure): void =>
    tell({ path, state: "failed", passages: 0, reason: sentenceOf(failure), code: failure.code });

  function fileDone({ file, state, passages, failure }: FileDone): void {
    if (failure) fail(file.path, failure);
    else if (state === "unchanged") return;
    else if (options.wordsOnly) tell({ path: file.path, state: "ready", passages });
  }

  let library: Library | null = null;
  function fileReady(fileId: number): void {
    const file = library?.file(fileId);
    if (file) tell({ path: file.path, state: "ready", passages: file.passages });
  }

  const running = await openSession(session, {
    model: options.wordsOnly ? "none" : "needed",
    isIndexing: true,
    hooks: { fileDone, fileReady },
  });
  library = running.library;
  const timer = setInterval(() => showProgress(running.library, session), 250);
  try {
    const collection = library.ensureCollection(session.options.collection?.[0] ?? defaultCollection);
    const { missing } = await library.add(collection.id, paths, { onlyThese: true });
    for (const path of missing) wanted.push(resolve(path));
    for (const path of missing) fail(resolve(path), { code: "file-missing" });
    for (const path of await closedFolders(wanted, signal)) fail(path, { code: "file-unreadable" });
    const stop = (): void => running.library.pause();
    signal.addEventListener("abort", stop, { once: true });
    await library.whenIdle();
    signal.throwIfAborted();
    tellTheRest(library, collection.id, isWanted, tell, fail);
  } finally {
    clearInterval(timer);
    await running.close();
  }
  const seconds = Math.round((performance.now() - startedAt) / 10) / 100;
  const { ready, unchanged, failed, passages } = summary;
  output.result(
    { summary: { ...summary, seconds } },
    () => `${ready} ready, ${unchanged} unchanged, ${failed} failed; ${passages} passages in ${seconds} s`,
  );
  return failed > 0 ? 3 : 0;
}

/** Folders among the paths, and within them, that cannot be looked into. */
async function closedFolders(paths: readonly string[], signal: AbortSignal): Promise<string[]> {
  const closed: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch(() => null);
    if (!facts?.isDirectory()) continue;
    const walk = await walkFolder(path, () => false, signal);
    for (const folder of walk === null ? [path] : walk.unreadable) closed.push(folder);
  }
  return closed;
}

/** Files that needed no work in this run. */
function tellTheRest(
  library: Library,
  collectionId: number,
  isWanted: (path: string) => boolean,
  tell: (line: Line) => void,
  fail: (path: string, failure: Failure) => void,
): void {
  const limit = 500;
  for (let offset = 0; ; offset += limit) {
    const { files } = library.files({ collectionId, filter: "", offset, limit });
    for (const { path, failure, passages } of files) {
      if (!isWanted(path)) continue;
      if (failure) fail(path, failure);
      else tell({ path, state: "unchanged", passages });
    }
    if (files.length < limit) return;
  }
}

function showProgress(library: Library, session: Session): void {
  const { files, passages, current, passagesPerSecond, secondsLeft } = library.progress();
  const speed = passagesPerSecond === null ? "" : `, ${passagesPerSecond.toFixed(1)} passages/s`;
  const left = secondsLeft === null ? "" : `, ${secondsLeft} s left`;
  session.output.progress(
    `${files.read}/${files.total} files read, ${passages.embedded}/${passages.total} passages embedded${speed}${left}  ${current ?? ""}`.slice(
      0,
      110,
    ),
  );
}
