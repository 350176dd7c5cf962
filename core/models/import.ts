import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../contract/errors.ts";
import type { CatalogueRow, ModelFile } from "./catalogue.ts";
import type { GenerationRow } from "./generation-catalogue.ts";
import { readGgufHead } from "./gguf-head.ts";
import { importedRowName } from "./imported.ts";
import { accepts, hashFile } from "./verify.ts";

interface Found {
  readonly path: string;
  readonly bytes: number;
}

const deepest = 3;
const mostEntries = 2000;

/**
 * Copies a model from a person's own file or folder into `root` and says its id: one of `rows` when
 * all its files are there (by hash), else a language model of its own when it is one GGUF file.
 * Rejects with `model-import-invalid` and why: `no-model`, `incomplete`, `not-gguf`, `unknown-embedding`.
 */
export async function importModel(
  from: string,
  rows: readonly CatalogueRow[],
  root: string,
  signal: AbortSignal,
): Promise<string> {
  const source = await stat(from).catch((cause: unknown) => {
    throw new AppError("file-missing", { cause });
  });
  const found: Found[] = source.isDirectory() ? await filesUnder(from) : [{ path: from, bytes: source.size }];
  for (const row of rows) {
    const matches = await matchesOf(row, found, signal);
    if (!matches) continue;
    for (const [file, { path }] of matches)
      await copyChecked(path, join(root, row.id, file.path), file, signal);
    return row.id;
  }
  const language = found.filter(({ path }) => path.toLowerCase().endsWith(".gguf"));
  if (language.length === 1) return importGguf(language[0]!, root, signal);
  throw invalid(
    found.some(({ path }) => path.endsWith(".onnx"))
      ? "unknown-embedding"
      : language.length > 1
        ? "incomplete"
        : "no-model",
  );
}

/** Each file of the row with one that may stand for it; undefined unless all are there. */
async function matchesOf(
  row: CatalogueRow,
  found: readonly Found[],
  signal: AbortSignal,
): Promise<Map<ModelFile, Found> | undefined> {
  const matches = new Map<ModelFile, Found>();
  const candidates = row.files.map((file) => {
    const sizes = new Set([file.bytes, ...(file.alternatives ?? []).map(({ bytes }) => bytes)]);
    return found.filter(({ bytes }) => sizes.has(bytes));
  });
  // Sizes first: hashing a folder of models for every row would take minutes.
  if (candidates.some((ones) => ones.length === 0)) return undefined;
  for (const [index, file] of row.files.entries()) {
    for (const one of candidates[index]!) {
      if (!accepts(file, one.bytes, await hashFile(one.path, signal))) continue;
      matches.set(file, one);
      break;
    }
    if (!matches.has(file)) return undefined;
  }
  return matches;
}

async function importGguf({ path, bytes }: Found, root: string, signal: AbortSignal): Promise<string> {
  const head = await readGgufHead(path);
  if (!head?.architecture) throw invalid("not-gguf");
  const stem =
    basename(path)
      .replace(/\.gguf$/iu, "")
      .replaceAll(/[^A-Za-z0-9._-]+/gu, "-")
      .replace(/^[^A-Za-z0-9]+/u, "")
      .slice(0, 60) || "model";
  const fileName = `${stem}.gguf`;
  const partial = join(root, `.import-${process.pid}-${stem}`);
  try {
    const sha256 = await copyChecked(
      path,
      join(partial, fileName),
      { path: fileName, bytes, sha256: null },
      signal,
    );
    const row: GenerationRow = {
      id: `imported-${stem}-${sha256.slice(0, 8)}`,
      kind: "generation",
      name: head.name ?? stem,
      repository: "",
      revision: "",
      files: [{ path: fileName, bytes, sha256 }],
      languages: ["*"],
      longestInput: head.contextLength ?? 4096,
      licence: head.licence ?? "unknown",
      // The file itself, a context of a few thousand tokens, and the runtime.
      memory: Math.ceil(bytes / 1e6) + 800,
      thinking: /qwen3|deepseek-r1|think/iu.test(`${head.name} ${stem}`),
    };
    await writeFile(join(partial, importedRowName), `${JSON.stringify(row, null, 2)}\n`);
    await rm(join(root, row.id), { recursive: true, force: true });
    await rename(partial, join(root, row.id));
    return row.id;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Copies while hashing; the copy gets its name only when it may stand for `file`. */
async function copyChecked(from: string, to: string, file: ModelFile, signal: AbortSignal): Promise<string> {
  await mkdir(dirname(to), { recursive: true });
  const part = `${to}.part`;
  const hash = createHash("sha256");
  const counted = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      hash.update(bytes);
      done(null, bytes);
    },
  });
  try {
    await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), counted, createWriteStream(part), {
      signal,
    });
    const sha256 = hash.digest("hex");
    if (!accepts(file, (await stat(part)).size, sha256))
      throw new AppError("model-damaged", { facts: { file: file.path } });
    await rename(part, to);
    return sha256;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOSPC") throw new AppError("disk-full", { cause });
    throw cause;
  } finally {
    await rm(part, { force: true });
  }
}

async function filesUnder(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  const walk = async (path: string, depth: number): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (found.length >= mostEntries) return;
      const inside = join(path, entry.name);
      if (entry.isDirectory() && depth < deepest) await walk(inside, depth + 1);
      else if (entry.isFile()) found.push({ path: inside, bytes: (await stat(inside)).size });
    }
  };
  await walk(folder, 1);
  return found;
}

function invalid(reason: string): AppError {
  return new AppError("model-import-invalid", { facts: { reason } });
}
