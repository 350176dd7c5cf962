import { AppError } from "../../../core/contract/errors.ts";
import type { Collection } from "../../../core/contract/documents.ts";
import { reaches } from "../../../core/contract/tiers.ts";
import { openSession, type Session } from "../session.ts";

/** `qwill collection list` */
export async function listCollectionsCommand(session: Session): Promise<number> {
  const running = await openSession(session, { model: "none" });
  try {
    for (const one of running.library.listCollections()) session.output.result(one, () => wordsOf(one));
    return 0;
  } finally {
    await running.close();
  }
}

/** `qwill collection reach NAME REACH`: how far requests that use it may go. */
export async function collectionReachCommand(
  session: Session,
  [name = "", given = ""]: string[],
): Promise<number> {
  const reach = reaches.find((one) => one === given);
  if (reach === undefined) {
    session.output.note(`A reach is one of ${reaches.join(", ")}.`);
    return 2;
  }
  const running = await openSession(session, { model: "none" });
  try {
    const found = running.library.listCollections().find((one) => one.name === name);
    if (found === undefined) throw new AppError("not-found", { facts: { collection: name } });
    const changed = running.library.updateCollection(found.id, { reach });
    session.output.result(changed, () => wordsOf(changed));
    return 0;
  } finally {
    await running.close();
  }
}

const wordsOf = ({ name, documents, reach }: Collection): string =>
  `${name}  ${documents} documents  may go as far as: ${reach}`;
