import type { FromReader, ToReader } from "../process/channel.ts";

// A reader process for tests: what the "file" is called decides how it fails.
const post = (message: FromReader): void => void process.send?.(message);

process.on("message", (message) => {
  const { id, path } = message as ToReader;
  if (path.endsWith("loop")) for (;;) Math.sqrt(2);
  if (path.endsWith("eat-buffers"))
    for (const eaten: Buffer[] = []; ;) eaten.push(Buffer.alloc(8 * 1024 * 1024, 1));
  if (path.endsWith("eat-heap"))
    for (const eaten: number[][] = []; ;) eaten.push(Array.from({ length: 100_000 }, Math.random));
  if (path.endsWith("crash")) process.exit(7);
  if (path.endsWith("nonsense")) {
    const place = { page: 0 };
    const document = {
      key: null,
      title: null,
      text: "x",
      sections: [{ start: 0, end: 99, place }],
      pages: null,
    };
    return post({ kind: "done", id, result: { format: "txt", documents: [document], warnings: [] } });
  }
  if (path.endsWith("environment")) {
    const text = JSON.stringify({ environment: Object.keys(process.env), write: canWrite() });
    const document = {
      key: null,
      title: null,
      text,
      sections: [{ start: 0, end: text.length, place: {} }],
      pages: null,
    };
    return post({ kind: "done", id, result: { format: "txt", documents: [document], warnings: [] } });
  }
  const text = `${path} by ${process.pid}`;
  const document = {
    key: null,
    title: null,
    text,
    sections: [{ start: 0, end: text.length, place: {} }],
    pages: null,
  };
  post({ kind: "done", id, result: { format: "txt", documents: [document], warnings: [] } });
});
post({ kind: "ready" });

function canWrite(): boolean {
  const permission = (process as { permission?: { has(scope: string): boolean } }).permission;
  return permission === undefined ? true : permission.has("fs.write");
}
