import { existsSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { column, makePdf } from "../testing/make-pdf.ts";
import type { FileReader } from "../reader.ts";
import { spawnNodeReader } from "./node-reader.ts";
import { makeProcessReader, type ProcessReaderOptions } from "./process-reader.ts";

const misbehaving = resolve(import.meta.dirname, "../testing/misbehaving-reader.ts");
const real = resolve(import.meta.dirname, "../../../../electron/reader/index.ts");
const megabyte = 1024 * 1024;
const { signal } = new AbortController();
const open: FileReader[] = [];

function makeReader(
  options: Partial<ProcessReaderOptions> & { heapLimit?: number; entry?: string } = {},
): FileReader {
  const { heapLimit, entry = misbehaving, ...rest } = options;
  const spawn = () => spawnNodeReader({ entry, ...(heapLimit && { heapLimit }) });
  const reader = makeProcessReader({ spawn, timeLimit: 20_000, ...rest });
  open.push(reader);
  return { ...reader, read: (name, cancel) => reader.read(fileNamed(name), cancel) };
}

/** The file's name tells the misbehaving reader what to do; a path is taken as it is. */
function fileNamed(name: string): string {
  if (isAbsolute(name)) return name;
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, name);
  return path;
}

async function textOf(reader: FileReader, path: string): Promise<string> {
  const { documents } = await reader.read(path, signal);
  return documents[0]?.text ?? "";
}

async function processOf(reader: FileReader, path = "fine"): Promise<string> {
  return (await textOf(reader, path)).split(" by ")[1] ?? "";
}

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qwill-reader-"));
});
afterEach(async () => {
  for (const reader of open.splice(0)) await reader.close();
  await rm(folder, { recursive: true });
});

describe("reading in processes of their own", () => {
  test("a file that loops is ended at the time limit and the next goes on in a fresh process", async () => {
    const reader = makeReader({ timeLimit: 1_000 });
    const before = await processOf(reader);
    await expect(reader.read("loop", signal)).rejects.toMatchObject({ code: "reader-timed-out" });
    expect(await processOf(reader)).not.toBe(before);
  });

  test.skipIf(process.platform !== "linux")(
    "a file that eats memory beside the heap is ended at the limit",
    async () => {
      const reader = makeReader({ memoryLimit: 300 * megabyte, memoryInterval: 20 });
      await expect(reader.read("eat-buffers", signal)).rejects.toMatchObject({
        code: "reader-out-of-memory",
      });
      expect(await textOf(reader, "fine")).toContain("fine by");
    },
  );

  test("a file that fills the heap ends as out of memory, not as a crash", async () => {
    const reader = makeReader({ heapLimit: 64 * megabyte });
    await expect(reader.read("eat-heap", signal)).rejects.toMatchObject({ code: "reader-out-of-memory" });
    expect(await textOf(reader, "fine")).toContain("fine by");
  });

  test("a process that ends under a file is a crash of that file only", async () => {
    const reader = makeReader();
    const outcomes = await Promise.allSettled(["a", "crash", "b"].map((path) => reader.read(path, signal)));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(outcomes[1]).toMatchObject({ reason: { code: "reader-crashed" } });
  });

  test("an answer that is none is refused", async () => {
    await expect(makeReader().read("nonsense", signal)).rejects.toMatchObject({ code: "reader-crashed" });
  });

  test("a process that cannot start is a crash, not a hang", async () => {
    const reader = makeReader({ entry: join(tmpdir(), "there-is-no-such-reader.ts") });
    await expect(reader.read("a", signal)).rejects.toMatchObject({ code: "reader-crashed" });
  });

  test("a process serves so many files and then makes way", async () => {
    const reader = makeReader({ filesPerProcess: 2 });
    const processes: string[] = [];
    for (let count = 0; count < 4; count++) processes.push(await processOf(reader));
    expect(processes[0]).toBe(processes[1]);
    expect(processes[2]).toBe(processes[3]);
    expect(processes[0]).not.toBe(processes[2]);
  });

  test("a cancel ends the file under way and leaves the others", async () => {
    const reader = makeReader();
    await textOf(reader, "fine");
    const cancel = new AbortController();
    const looping = reader.read("loop", cancel.signal);
    const waiting = reader.read("waiting", cancel.signal);
    const other = textOf(reader, "other");
    cancel.abort();
    await expect(looping).rejects.toMatchObject({ code: "cancelled" });
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
    expect(await other).toContain("other by");
  });

  test("closing cancels what waits and what is under way", async () => {
    const reader = makeReader();
    const reads = [reader.read("loop", signal), reader.read("b", signal)];
    const outcomes = Promise.allSettled(reads);
    await reader.close();
    expect((await outcomes).map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual([
      "cancelled",
      "cancelled",
    ]);
  });

  test("two files are read at the same time when two processes may run", async () => {
    const reader = makeReader({ parallel: 2, timeLimit: 3_000 });
    const looping = reader.read("loop", signal).catch(() => "ended");
    expect(await textOf(reader, "beside")).toContain("beside by");
    await reader.close();
    expect(await looping).toBe("ended");
  });

  test("the process gets no environment and may not write", async () => {
    const { environment, write } = JSON.parse(await textOf(makeReader(), "environment")) as {
      environment: string[];
      write: boolean;
    };
    expect(environment.filter((name) => /HOME|PATH|KEY|TOKEN|USER/.test(name))).toEqual([]);
    expect(write).toBe(!process.allowedNodeEnvironmentFlags.has("--permission"));
  });

  test("the real reader process reads files and passes on its refusals", async () => {
    writeFileSync(join(folder, "a.txt"), "Some text");
    writeFileSync(join(folder, "b.docx"), "no office file, only a line of text");
    writeFileSync(join(folder, "c.pdf"), makePdf([column(["A page of text"], 60)]));
    const reader = makeReader({ entry: real });
    expect(await textOf(reader, "a.txt")).toBe("Some text");
    await expect(reader.read("b.docx", signal)).rejects.toMatchObject({
      code: "file-format-mismatch",
      facts: { format: "docx" },
    });
    expect(await textOf(reader, "c.pdf")).toBe("A page of text");
    const processBefore = await textOf(reader, "a.txt");
    await expect(reader.read(join(folder, "missing.txt"), signal)).rejects.toMatchObject({
      code: "file-missing",
    });
    await expect(reader.read(folder, signal)).rejects.toMatchObject({ code: "file-unreadable" });
    expect(await textOf(reader, "a.txt")).toBe(processBefore);
  });

  test("a file of many parts arrives whole, and a reader that falls silent between two parts is ended at the limit", async () => {
    const text = "A line of a long text.\n".repeat(600_000);
    writeFileSync(join(folder, "long.txt"), text);
    const reader = makeReader({ entry: real });
    expect((await textOf(reader, "long.txt")).length).toBe(text.trimEnd().length);
    const silent = makeReader({ timeLimit: 1_000 });
    writeFileSync(join(folder, "silent"), text);
    await expect(silent.read("silent", signal)).rejects.toMatchObject({ code: "reader-timed-out" });
    expect(await textOf(silent, "fine")).toContain("fine by");
  });
});
