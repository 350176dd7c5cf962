import { getMeta, setMeta } from "../../store/meta.ts";
import type { WriteDb } from "../../store/handle.ts";
import { otherWork } from "../index/other-work.ts";
import { refreshNextWords } from "../../store/refresh-words.ts";

const versionKey = "terms-version";

/**
 * Folds all words anew where a newer Qwill folds them in another way than the index was made with.
 * Other work runs between documents; stopped half-way it starts again, and skips what is done.
 */
export async function refreshWords(
  db: WriteDb,
  options: { readonly version: number; readonly toTerms: (text: string) => readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const version = String(options.version);
  if (getMeta(db, versionKey) === version) return;
  let done: number | null = 0;
  while (done !== null) {
    signal.throwIfAborted();
    done = refreshNextWords(db, done, (text) => options.toTerms(text).join(" "));
    await otherWork();
  }
  setMeta(db, versionKey, version);
}
