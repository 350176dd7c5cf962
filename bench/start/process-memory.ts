import { readdirSync, readFileSync } from "node:fs";

/**
 * Megabytes of memory that a process and its descendants hold by themselves (proportional set size, so
 * that shared pages count once). Linux only.
 */
export function treeMemory(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const status = read(`/proc/${pid}/status`);
    parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
  }
  const isIn = (pid: number): boolean =>
    pid === root || (parents.has(pid) && isIn(parents.get(pid) as number));
  let kilobytes = 0;
  for (const pid of parents.keys())
    if (isIn(pid)) kilobytes += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return kilobytes / 1024;
}

/** A process may end between the listing and the reading. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
