import { AppError, type ErrorCode } from "../contract/errors.ts";

const codes: readonly (readonly [prefix: string, code: ErrorCode])[] = [
  ["SQLITE_FULL", "disk-full"],
  ["SQLITE_BUSY", "vault-in-use"],
  ["SQLITE_LOCKED", "vault-in-use"],
  ["SQLITE_NOTADB", "vault-damaged"],
  ["SQLITE_CORRUPT", "vault-damaged"],
  // A page whose HMAC does not fit is reported as a failed read.
  ["SQLITE_IOERR_DATA", "vault-damaged"],
  ["SQLITE_IOERR_SHORT_READ", "vault-damaged"],
  ["ENOSPC", "disk-full"],
  ["EDQUOT", "disk-full"],
];

/** The AppError for a database or disk fault that can happen; anything else comes back unchanged. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError || !("code" in error)) return error;
  const raw = String(error.code);
  const row = codes.find(([prefix]) => raw.startsWith(prefix));
  return row ? new AppError(row[1], { cause: error }) : error;
}
