import type { FirstLook } from "./first-look.ts";

/** The page as it comes empty, for its script to draw. */
const emptyPage = "index.html";

/**
 * The file that the window's page is: with the desk drawn in it where the desk is what the person will see, so that it
 * is there before its script. Before the first run is done the page comes empty. `renderer/prerender.tsx` makes the files.
 */
export function frontPage(
  look: Pick<FirstLook, "language" | "isFirstRunDone">,
  now: { readonly isDark: boolean; readonly platform: NodeJS.Platform },
): string {
  if (!look.isFirstRunDone) return emptyPage;
  const keyboard = now.platform === "darwin" ? "mac" : "other";
  return `desk.${look.language}.${keyboard}.${now.isDark ? "dark" : "light"}.html`;
}
