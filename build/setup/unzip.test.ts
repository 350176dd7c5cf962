import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { unzip } from "./unzip.mjs";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qwill-unzip-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const archive = async (files: Parameters<typeof zipSync>[0]): Promise<string> => {
  const path = join(folder, "a.zip");
  await writeFile(path, zipSync(files));
  return path;
};

test("unpacks what has a place, with its name and mode, and leaves the rest out", async () => {
  const program = Buffer.from("program ".repeat(1000));
  const path = await archive({
    "in/run": [program, { os: 3, attrs: 0o755 << 16 }],
    "in/stored": [Buffer.from("as it is"), { level: 0 }],
    "in/other": Buffer.from("x"),
  });
  const out = join(folder, "out");
  const place = (name: string): string | undefined => (name === "in/other" ? undefined : name.slice(3));
  expect(await unzip(path, out, place)).toBe(2);
  expect(await readFile(join(out, "run"))).toEqual(program);
  expect(await readFile(join(out, "stored"), "utf8")).toBe("as it is");
  expect((await stat(join(out, "run"))).mode & 0o777).toBe(0o755);
});

test("writes nothing outside the folder", async () => {
  const path = await archive({ "../evil": Buffer.from("x") });
  await expect(unzip(path, join(folder, "out"), (name) => name)).rejects.toThrow(/leaves the folder/);
});

test("refuses an archive that was cut short", async () => {
  const path = await archive({ a: Buffer.from("some text ".repeat(100)) });
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length - 30));
  await expect(unzip(path, join(folder, "out"), (name) => name)).rejects.toThrow(/zip archive/);
});
