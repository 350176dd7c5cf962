import { AppError } from "../../core/contract/errors.ts";

/** The AppError for a named file or folder that cannot be used; anything else comes back unchanged. */
export function toFileError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ENOENT") return new AppError("file-missing", { facts: { path }, cause: error });
  if (error.code === "ENOSPC") return new AppError("disk-full", { cause: error });
  return new AppError("bad-request", { facts: { reason: error.message }, cause: error });
}
