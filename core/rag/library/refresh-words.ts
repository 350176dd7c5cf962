import { getMeta, setMeta } from "../../store/meta.ts";
import type { WriteDb } from "../../store/handle.ts";
import { refreshAllWords } from "../../store/refresh-words.ts";
import { inSlices } from "./slices.ts";

const versionKey = "terms-version";
/** Passages folded anew in one transaction. */
const passagesAtOnce = 200;

/**
 * Folds all words anew where a newer Qwill folds them in another way than the index was made with.
 * Other work runs in between; stopped half-way it starts again, and skips what is done.
 */
export async function refreshWords(
  db: WriteDb,
  options: { readonly version: number; readonly toTerms: (text: string) => readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const version = String(options.version);
  if (getMeta(db, versionKey) === version) return;
  const work = refreshAllWords(db, (text) => options.toTerms(text).join(" "));
  await inSlices(db, work, passagesAtOnce, signal);
  setMeta(db, versionKey, version);
}
