import { resolve } from "node:path";
import type { Library } from "../../../core/rag/library/library.ts";
import { openSession, type Session } from "../session.ts";

/** `qwill remove ID…`: ids as `qwill documents` prints them, a data set's own ids, or paths. */
export async function removeCommand(session: Session, names: string[]): Promise<number> {
  const running = await openSession(session, { model: "none" });
  try {
    let missing = 0;
    for (const name of names) {
      const ids = find(running.library, name);
      if (ids.length === 0) {
        missing += 1;
        session.output.note(`There is no document ${name}.`);
      }
      for (const id of ids) {
        await running.library.removeDocument(id);
        session.output.result({ removed: id }, () => `Removed ${id}.`);
      }
    }
    await running.library.whenPurged();
    return missing > 0 ? 1 : 0;
  } finally {
    await running.close();
  }
}

function find(library: Library, name: string): number[] {
  if (/^\d+$/u.test(name)) {
    const id = Number(name);
    if (library.documents(null, id - 1, 1)[0]?.id === id) return [id];
  }
  const found: number[] = [];
  for (let after = 0; ;) {
    const page = library.documents(null, after, 500);
    for (const one of page) if (one.key === name || one.path === resolve(name)) found.push(one.id);
    after = page.at(-1)?.id ?? after;
    if (page.length < 500) return found;
  }
}
