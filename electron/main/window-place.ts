export const leastSize = { width: 720, height: 520 } as const;

export interface WindowPlace extends Area {
  readonly maximised: boolean;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Where the window goes: where it was, as long as enough of its head is on a screen to be grabbed;
 * else in the middle of the first screen. Never smaller than usable, never larger than its screen.
 */
export function placeFor(stored: unknown, screens: readonly Area[]): WindowPlace {
  const first = screens[0] ?? { x: 0, y: 0, width: 1280, height: 800 };
  const before = placeIn(stored);
  const home = before && screens.find((screen) => isGrabbable(before, screen));
  if (before && home) return { ...before, ...fit(before, home) };
  const size = fit({ width: 1200, height: 820 }, first);
  return {
    ...size,
    x: Math.round(first.x + (first.width - size.width) / 2),
    y: Math.round(first.y + (first.height - size.height) / 2),
    maximised: before?.maximised ?? false,
  };
}

/** The place that was stored, or null. By hand: a schema's library would be read before the window opens. */
function placeIn(stored: unknown): WindowPlace | null {
  if (typeof stored !== "object" || stored === null) return null;
  const { x, y, width, height, maximised } = stored as Record<string, unknown>;
  if (!isPixels(x) || !isPixels(y) || !isPixels(width) || !isPixels(height)) return null;
  return typeof maximised === "boolean" ? { x, y, width, height, maximised } : null;
}

const isPixels = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) <= 100_000;

function fit(size: { width: number; height: number }, screen: Area): { width: number; height: number } {
  return {
    width: Math.max(leastSize.width, Math.min(size.width, screen.width)),
    height: Math.max(leastSize.height, Math.min(size.height, screen.height)),
  };
}

/** 120 px of the window's head lie on the screen. */
function isGrabbable(window: Area, screen: Area): boolean {
  const left = Math.max(window.x, screen.x);
  const right = Math.min(window.x + window.width, screen.x + screen.width);
  return right - left >= 120 && window.y >= screen.y && window.y <= screen.y + screen.height - 40;
}
