import type { FromReader, ToReader } from "../process/channel.ts";

// A reader process for tests: what the "file" is called decides how it fails.
const post = (message: FromReader): void => void process.send?.(message);

process.on("message", (message) => {
  const { id, name, bytes, isLast } = message as ToReader;
  if (name === "loop") for (;;) Math.sqrt(2);
  if (name === "eat-buffers")
    for (const eaten: Buffer[] = []; ;) eaten.push(Buffer.alloc(8 * 1024 * 1024, 1));
  if (name === "eat-heap")
    for (const eaten: number[][] = []; ;) eaten.push(Array.from({ length: 100_000 }, Math.random));
  if (name === "crash") process.exit(7);
  // It takes the first part of a file, and never asks for the next.
  if (name === "silent" && !isLast) return;
  if (name === "nonsense") return answer(id, "x", [{ start: 0, end: 99, place: { page: 0 } }]);
  if (name === "environment")
    return answer(id, JSON.stringify({ environment: Object.keys(process.env), write: canWrite() }));
  if (!isLast) return post({ kind: "more", id });
  answer(id, `${name} by ${process.pid}, ${bytes.length} bytes last`);
});
post({ kind: "ready" });

function answer(
  id: number,
  text: string,
  sections = [{ start: 0, end: text.length, place: {} as { page?: number } }],
): void {
  const document = { key: null, title: null, text, sections, pages: null };
  post({ kind: "done", id, result: { format: "txt", documents: [document], warnings: [] } });
}

function canWrite(): boolean {
  const permission = (process as { permission?: { has(scope: string): boolean } }).permission;
  return permission === undefined ? true : permission.has("fs.write");
}
