import { execFile } from "node:child_process";
import { freemem } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Bytes that a program could have now, without pushing others out. */
export async function availableMemory(platform: NodeJS.Platform = process.platform): Promise<number> {
  // macOS keeps what it read in "inactive" pages and calls only the rest free: on a healthy Mac next to nothing.
  if (platform === "darwin") return (await ofMac()) ?? freemem();
  return process.availableMemory?.() ?? freemem();
}

async function ofMac(): Promise<number | null> {
  try {
    const { stdout } = await run("/usr/bin/vm_stat", [], { timeout: 5000, env: { LC_ALL: "C" } });
    return bytesOfVmStat(stdout);
  } catch {
    // Without the system's own figures the free pages have to do.
    return null;
  }
}

/** Free, speculative and inactive pages in what `vm_stat` says, in bytes; null where it says something else. */
export function bytesOfVmStat(text: string): number | null {
  const pageSize = Number(/page size of (\d+) bytes/.exec(text)?.[1]);
  const pages = ["free", "speculative", "inactive"].map((kind) =>
    Number(new RegExp(`^Pages ${kind}: +(\\d+)\\.`, "m").exec(text)?.[1]),
  );
  const bytes = pages.reduce((sum, count) => sum + count, 0) * pageSize;
  return Number.isSafeInteger(bytes) ? bytes : null;
}
