import { reportBug } from "../process/log.ts";
import type { NativeTexts } from "./native-texts.ts";

/** The part of Electron that a failing start needs. */
export interface StartDeps {
  /** Shows a message and waits until it was read. */
  readonly showError: (title: string, text: string) => void;
  readonly exit: (code: number) => void;
  readonly words: () => NativeTexts;
}

/**
 * Runs the start. One that fails ends with a message and the end of the process: it would otherwise live
 * on without a window, and keep every later start out.
 */
export async function start(begin: () => Promise<void>, deps: StartDeps): Promise<void> {
  try {
    await begin();
  } catch (error) {
    failStart(error, deps);
  }
}

/** The same for what fails after the start is through, such as the page of the window. */
export function failStart(error: unknown, deps: StartDeps): void {
  reportBug("start", error);
  try {
    const { startFailed, startFailedDetail } = deps.words();
    deps.showError(startFailed, [startFailedDetail, factsOf(error)].join("\n\n"));
  } finally {
    deps.exit(1);
  }
}

/** What helps whoever is asked for help: the system's code and the place it speaks of. */
function factsOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code, path } = error as NodeJS.ErrnoException;
  return [code ?? error.name, path].filter((fact) => fact !== undefined).join(" ");
}
