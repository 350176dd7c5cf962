/**
 * Rule S3: what a shipped application may be started with. Everything else ends the start with 78
 * (EX_CONFIG), since a switch can turn the sandbox off or open a debugging port.
 */
const allowed = new Set([
  "disable-gpu",
  "enable-wayland-ime",
  "force-color-profile",
  "force-device-scale-factor",
  "force-high-contrast",
  "hidden",
  "lang",
  "original-process-start-time",
  "ozone-platform",
  "ozone-platform-hint",
  "wayland-text-input-version",
]);

/** Environment that makes Node or Chromium load, log or connect somewhere. */
const dangerousEnvironment = [
  "ELECTRON_ENABLE_LOGGING",
  "ELECTRON_LOG_FILE",
  "ELECTRON_OVERRIDE_DIST_PATH",
  "ELECTRON_RUN_AS_NODE",
  "LD_AUDIT",
  "LD_PRELOAD",
  "DYLD_INSERT_LIBRARIES",
  "NODE_EXTRA_CA_CERTS",
  "NODE_OPTIONS",
  "NODE_PATH",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "SSLKEYLOGFILE",
  "GTK_MODULES",
] as const;

/** The exit code for a refused switch (sysexits: configuration error). */
export const exitRefusedSwitch = 78;

/** The first argument that a shipped application refuses, or null. `arguments` without the executable. */
export function refusedSwitch(args: readonly string[]): string | null {
  for (const argument of args) {
    // macOS hands this to an application opened from the Finder.
    if (argument.startsWith("-psn_")) continue;
    if (!isSwitch(argument)) continue;
    const name = argument.replace(/^(--|-|\/)/, "").split("=", 1)[0] ?? "";
    if (!allowed.has(name.toLowerCase())) return argument;
  }
  return null;
}

/** Chromium also takes `-name` everywhere and `/name` on Windows; a path has a second slash or a dot. */
function isSwitch(argument: string): boolean {
  if (argument.startsWith("-")) return true;
  return process.platform === "win32" && /^\/[a-z][a-z-]*(=.*)?$/i.test(argument);
}

/** Takes out of `environment` what must not reach this process's children. */
export function dropDangerousEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of dangerousEnvironment) delete environment[name];
}
