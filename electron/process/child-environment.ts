const kept = [
  "HOME",
  "LANG",
  "LC_ALL",
  "PATH",
  "SystemRoot",
  "TEMP",
  "TMP",
  "TMPDIR",
  "TZ",
  "USERPROFILE",
  "windir",
];

/** Children get what the system needs to run a program, and nothing of what the person's shell holds. */
export function environmentFor(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    kept.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  );
}
