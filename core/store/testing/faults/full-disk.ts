import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { Tally } from "./tally.ts";

/**
 * Fills a small disk at so many points, and looks what becomes of a library on it. The disk is a real file system in
 * memory, mounted in a namespace of its own that ends with the process. Null where the system does not let us mount.
 */
export async function fillDisks(points: number, seed: number): Promise<Tally | null> {
  if (process.platform !== "linux") return null;
  const script = new URL("fill-disk.ts", import.meta.url).pathname;
  const mount =
    'folder=$(mktemp -d) && mount -t tmpfs -o size=24m none "$folder" || exit 77; exec "$0" "$@" "$folder"';
  const child = spawn(
    "unshare",
    ["-rm", "sh", "-c", mount, process.execPath, script, String(points), String(seed)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(77));
    child.once("exit", resolve);
  });
  const said = await text(child.stdout);
  const code = await ended;
  // 1 is unshare's own word for "not allowed": the script says nothing then.
  if (code === 77 || (code === 1 && said === "")) return null;
  if (code !== 0) throw new Error(`the process that fills disks ended with ${code}`);
  return JSON.parse(said) as Tally;
}
