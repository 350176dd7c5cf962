import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../contract/errors.ts";
import type { GenerationRow } from "./generation-catalogue.ts";

/** Holds the row of a model that no catalogue names, beside its file. */
export const importedRowName = "model.json";

const modelName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const importedRow = z.strictObject({
  id: z.string().regex(modelName),
  kind: z.literal("generation"),
  name: z.string(),
  repository: z.string(),
  revision: z.string(),
  files: z.tuple([
    z.strictObject({ path: z.string().regex(modelName), bytes: z.number().positive(), sha256: z.string() }),
  ]),
  languages: z.array(z.string()),
  longestInput: z.number().int().positive(),
  licence: z.string(),
  memory: z.number().positive(),
  thinking: z.boolean(),
});

/** Rows of the language models that a person imported from files of their own. */
export async function listImported(root: string): Promise<GenerationRow[]> {
  const rows: GenerationRow[] = [];
  for (const entry of await readdir(root, { withFileTypes: true }).catch(orNothing)) {
    if (!entry.isDirectory()) continue;
    const text = await readFile(join(root, entry.name, importedRowName), "utf8").catch(orNothing);
    if (typeof text !== "string") continue;
    const row = importedRow.safeParse(safeJson(text));
    if (row.success && row.data.id === entry.name) rows.push(row.data);
  }
  return rows;
}

/** Deletes a model's folder under `root`, with what an unfinished download left. */
export async function removeModel(root: string, modelId: string): Promise<void> {
  if (!modelName.test(modelId)) throw new AppError("bad-request");
  await rm(join(root, modelId), { recursive: true, force: true });
}

function orNothing(error: NodeJS.ErrnoException): never[] {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
  throw error;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // someone else's file: not a row
  }
}
