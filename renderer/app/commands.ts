import type { CommandId } from "../../core/contract/app.ts";

export const commandGroups = ["go", "write", "library", "window"] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One row of the registry that keys, palette, menus and buttons share. */
export interface Command {
  readonly id: CommandId;
  readonly group: CommandGroup;
  /** `mod` is Ctrl, on a Mac Cmd. Null: no key of its own. */
  readonly keys: string | null;
  /** False: its screen or data is not there yet, so it is offered nowhere. */
  readonly available: boolean;
}

export const commands: readonly Command[] = [
  { id: "go-suggest", group: "go", keys: "mod+1", available: true },
  { id: "go-library", group: "go", keys: "mod+2", available: true },
  { id: "go-privacy", group: "go", keys: "mod+3", available: true },
  { id: "go-costs", group: "go", keys: "mod+4", available: true },
  { id: "go-settings", group: "go", keys: "mod+,", available: true },
  { id: "new-suggestion", group: "write", keys: "mod+N", available: true },
  { id: "send", group: "write", keys: "mod+Enter", available: true },
  { id: "cancel", group: "write", keys: "Escape", available: true },
  { id: "toggle-sources", group: "write", keys: "mod+J", available: true },
  { id: "add-files", group: "library", keys: "mod+O", available: true },
  { id: "add-folder", group: "library", keys: "mod+Shift+O", available: true },
  { id: "test-question", group: "library", keys: "mod+T", available: true },
  { id: "open-palette", group: "window", keys: "mod+K", available: true },
  { id: "toggle-theme", group: "window", keys: "mod+Shift+L", available: true },
  { id: "show-shortcuts", group: "window", keys: "F1", available: true },
  { id: "show-about", group: "window", keys: null, available: true },
];

/** What a pressed key needs to be compared. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** True when the press is that combination; `mac` decides whether `mod` is Cmd or Ctrl. */
export function pressMatches(keys: string, press: KeyPress, mac: boolean): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const mod = parts.includes("mod");
  if (press.key.toLowerCase() !== key.toLowerCase() || press.altKey) return false;
  if ((mac ? press.metaKey : press.ctrlKey) !== mod) return false;
  if (mac ? press.ctrlKey : press.metaKey) return false;
  return press.shiftKey === parts.includes("Shift");
}

/** The available command for a key press, or undefined. */
export function commandForPress(press: KeyPress, mac: boolean): CommandId | undefined {
  return commands.find(({ keys, available }) => available && keys && pressMatches(keys, press, mac))?.id;
}

const macNames: Record<string, string> = { mod: "⌘", Shift: "⇧", Enter: "↩", Escape: "esc" };
const otherNames: Record<string, string> = { mod: "Ctrl", Escape: "Esc", Enter: "Enter" };

/** The keys as caps to show, in order. */
export function keyCaps(keys: string, mac: boolean): string[] {
  const names = mac ? macNames : otherNames;
  return keys.split("+").map((part) => names[part] ?? part);
}
