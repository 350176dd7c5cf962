import { AppError } from "../../../core/contract/errors.ts";
import type { Session } from "../session.ts";

/** `qwill eval`: a line of figures for each mode. */
export async function evalCommand(
  _session: Session,
  _args: string[],
  _options: { queries: string; qrels: string },
): Promise<number> {
  throw new AppError("not-found");
}
