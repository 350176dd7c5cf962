/**
 * The application's log: one line to standard error, on this device only. What a message says may hold
 * document text or a path, so of an error only its type and the places in our code are written.
 */
export function reportBug(where: string, error: unknown): void {
  process.stderr.write(`qwill: ${where}: ${describeError(error)}\n`);
}

/** Type, system code and stack without messages. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as NodeJS.ErrnoException).code;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const head = typeof code === "string" ? `${error.name} ${code}` : error.name;
  const cause = error.cause === undefined ? "" : ` caused by ${describeError(error.cause)}`;
  return [head, ...frames.slice(0, 8).map((line) => line.trim())].join(" | ") + cause;
}
