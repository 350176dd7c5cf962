import { AppError } from "../../../core/contract/errors.ts";
import { createKeyFile } from "../../../core/store/key-file.ts";
import type { Session } from "../session.ts";

/** `qwill key new FILE` */
export async function newKeyCommand(session: Session, [path = ""]: string[]): Promise<number> {
  try {
    await createKeyFile(path);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not-allowed")) throw error;
    session.output.note(
      `${path} is there already and was left as it is. Keys are never overwritten; choose another name.`,
    );
    return 1;
  }
  session.output.result({ path }, () => `Wrote ${path}.`);
  session.output.note(
    "Keep it safe: whoever has it can open the library, and without it the library is lost.",
  );
  return 0;
}
