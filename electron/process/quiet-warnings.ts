/**
 * Libraries warn about their own affairs, with names of files in it; what matters to a person comes as
 * an error. Without a listener Node prints nothing.
 */
export function silenceWarnings(): void {
  process.removeAllListeners("warning");
}
