import { collectionIds, openSession, type Session } from "../session.ts";

const pageLength = 500;

/** `qwill documents`: everything the library holds, then the files that failed. */
export async function listDocumentsCommand(session: Session): Promise<number> {
  const running = await openSession(session, { model: "none" });
  try {
    const { library } = running;
    const names = new Map(library.listCollections().map((one) => [one.id, one.name]));
    const wanted = session.options.collection ? new Set(collectionIds(session, running)) : null;
    let after = 0;
    for (;;) {
      const page = library.documents(null, after, pageLength);
      for (const { id, key, title, path, collectionId, passages, characters } of page) {
        if (wanted && !wanted.has(collectionId)) continue;
        const collection = names.get(collectionId) ?? "";
        session.output.result(
          { id, document: key ?? path, title, path, collection, passages, characters },
          () =>
            `${String(id).padStart(6)}  ${title}  ${path}${key === null ? "" : `#${key}`}  (${collection}, ${passages} passages)`,
        );
      }
      after = page.at(-1)?.id ?? after;
      if (page.length < pageLength) return 0;
    }
  } finally {
    await running.close();
  }
}
