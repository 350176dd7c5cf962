import { z } from "zod";

/** What the About box and the doctor say of this installation. */
export const appInfo = z.strictObject({
  version: z.string(),
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  platform: z.string(),
  /** True when this runtime is for tests and a first look only, never shipped to users. */
  testRuntime: z.boolean(),
  language: z.enum(["en", "zh-CN"]),
  dataFolder: z.string(),
});
export type AppInfo = z.infer<typeof appInfo>;

/** Why a library is not open. */
export const lockedCodes = [
  "vault-locked",
  "vault-damaged",
  "vault-from-newer-version",
  "vault-in-use",
  "disk-full",
  // The library's process dies at every start, or a fault of ours: the library itself is unharmed.
  "worker-restarted",
  "internal",
] as const;

/** State of the key and the encrypted library. */
export const vaultStatus = z.discriminatedUnion("state", [
  z.strictObject({
    state: z.literal("open"),
    /** `development`: the key lies in a file because this machine has no keyring; shown all the time. */
    protection: z.enum(["os-keyring", "development", "key-file"]),
  }),
  /** No keyring here and no development key agreed to: nothing is written until the person chooses. */
  z.strictObject({ state: z.literal("needs-choice") }),
  z.strictObject({
    state: z.literal("locked"),
    code: z.enum(lockedCodes),
  }),
  z.strictObject({ state: z.literal("opening") }),
]);
export type VaultStatus = z.infer<typeof vaultStatus>;

/** What a person should know and no request of theirs brought up; shown until they close it. */
export const alert = z.strictObject({
  /**
   * `library-rolled-back`: the database is older than what its key has seen. `changes-lost`: the log of a run that did
   * not end well was damaged. `disk-full`: the library is open, and
   * nothing new can be kept. `settings-set-aside`: settings.json could not be read, `path` tells where it went.
   */
  kind: z.enum(["library-rolled-back", "changes-lost", "disk-full", "settings-set-aside"]),
  path: z.string().optional(),
});
export type Alert = z.infer<typeof alert>;
export type AlertKind = Alert["kind"];

/** Commands of the native menu, the palette and the shortcut keys: one registry, these ids. */
export const commandIds = [
  "go-suggest",
  "go-library",
  "go-privacy",
  "go-costs",
  "go-settings",
  "open-palette",
  "show-shortcuts",
  "new-suggestion",
  "send",
  "cancel",
  "add-files",
  "add-folder",
  "test-question",
  "toggle-sources",
  "toggle-theme",
  "show-about",
] as const;
export const commandId = z.enum(commandIds);
export type CommandId = z.infer<typeof commandId>;
