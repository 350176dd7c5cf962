import {
  defaultSettings,
  settings as schema,
  type LiveSettings,
  type Settings,
} from "../contract/settings.ts";
import { readJson, setAside, writeJson } from "../store/safe-json.ts";

/** The person's settings: read once, written whole, told to whoever listens. */
export interface SettingsFile extends LiveSettings {
  onChange(listener: (settings: Settings, before: Settings) => void): void;
  /** Where a file that could not be read was put aside, else null. */
  readonly setAside: string | null;
}

/** Opens settings.json; what it does not hold, or holds wrongly, takes its default. */
export function openSettings(path: string): SettingsFile {
  const stored = readJson(path);
  const aside = stored !== undefined && !isObject(stored) ? setAside(path) : null;
  let now = fromStored(isObject(stored) ? stored : {});
  const listeners: ((settings: Settings, before: Settings) => void)[] = [];
  return {
    setAside: aside,
    current: () => now,
    update: (patch) => {
      const before = now;
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      now = schema.parse({ ...now, ...given });
      writeJson(path, now);
      for (const listener of listeners) listener(now, before);
      return now;
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** Key by key, so that one bad value does not cost the others; unknown keys are left behind. */
function fromStored(stored: Record<string, unknown>): Settings {
  const kept: Record<string, unknown> = { ...defaultSettings };
  for (const [key, field] of Object.entries(schema.shape)) {
    if (!Object.hasOwn(stored, key)) continue;
    const parsed = field.safeParse(stored[key]);
    if (parsed.success) kept[key] = parsed.data;
  }
  return schema.parse(kept);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
