import { resolve } from "node:path";
import { AppError } from "../../../core/contract/errors.ts";
import { chunkDocument, chunkOptionsFor } from "../../../core/rag/library/chunker.ts";
import { sentenceOf } from "../messages.ts";
import { makeReader, type Session } from "../session.ts";

/** `qwill read FILE`: always JSON, since a reader's result has no other shape. */
export async function readCommand(session: Session, [path = ""]: string[]): Promise<number> {
  const reader = makeReader(session);
  try {
    const { format, documents, warnings } = await reader.read(resolve(path), session.signal);
    const options = chunkOptionsFor(null);
    const passages = documents.flatMap((document) =>
      chunkDocument(document, options).map(({ start, end, place }) => ({
        text: document.text.slice(start, end),
        ...place,
        start,
        end,
        ...(document.key !== null && { document: document.key }),
      })),
    );
    const value = { format, passages, warnings };
    session.output.result(value, () => JSON.stringify(value, null, 2));
    return 0;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "cancelled") throw error;
    const value = { error: { code: error.code, reason: sentenceOf(error.toFailure()) } };
    session.output.result(value, () => JSON.stringify(value, null, 2));
    return 3;
  } finally {
    await reader.close();
  }
}
