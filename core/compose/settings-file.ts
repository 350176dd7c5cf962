import { defaultSettings } from "../contract/default-settings.ts";
import { settings as schema, type LiveSettings, type Settings } from "../contract/settings.ts";
import { readJson, setAside, writeJson } from "../store/safe-json.ts";

/** The person's settings: read once, written whole, told to whoever listens. */
export interface SettingsFile extends LiveSettings {
  onChange(listener: (settings: Settings, before: Settings) => void): void;
  /** Where a file that could not be read was put aside, else null. */
  readonly setAside: string | null;
}

/** Stands for a budget that went with a damaged file: it is no budget, so that nothing is spent before one is set. */
const lost = { lost: "with a settings file that could not be read" };

/**
 * Opens settings.json. What it does not hold takes its default. A value that cannot be read (damaged, or of a newer
 * Qwill) is named by `unreadable` and stays in the file until the person sets that key anew.
 */
export function openSettings(path: string): SettingsFile {
  const stored = readJson(path);
  // What was put aside may have held a stop: its budget counts as lost.
  const aside = stored !== undefined && !isObject(stored) ? setAside(path) : null;
  let { now, unreadable } = fromStored(aside === null ? (stored ?? {}) : { budget: lost });
  const listeners: ((settings: Settings, before: Settings) => void)[] = [];
  return {
    setAside: aside,
    current: () => now,
    unreadable: () => [...unreadable.keys()],
    update: (patch) => {
      const before = now;
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const next = schema.parse({ ...now, ...given });
      const kept = new Map([...unreadable].filter(([key]) => !Object.hasOwn(given, key)));
      writeJson(path, { ...next, ...Object.fromEntries(kept) });
      now = next;
      unreadable = kept;
      for (const listener of listeners) listener(now, before);
      return now;
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** Key by key, so that one bad value does not cost the others; unknown keys are left behind. */
function fromStored(stored: object): {
  now: Settings;
  unreadable: ReadonlyMap<keyof Settings, unknown>;
} {
  const kept: Record<string, unknown> = { ...defaultSettings };
  const unreadable = new Map<keyof Settings, unknown>();
  for (const [key, field] of Object.entries(schema.shape)) {
    if (!Object.hasOwn(stored, key)) continue;
    const value: unknown = Reflect.get(stored, key);
    const parsed = field.safeParse(value);
    if (parsed.success) kept[key] = parsed.data;
    else unreadable.set(key as keyof Settings, value);
  }
  return { now: schema.parse(kept), unreadable };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
