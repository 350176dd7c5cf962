import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { AppError } from "../../core/contract/errors.ts";
import { toFileError } from "./file-error.ts";

export interface Query {
  readonly id: string;
  readonly text: string;
}

/**
 * Questions from a file, one JSON object a line: `id` and `text` (BEIR's `_id` and `query` are taken too).
 * Rejects with `file-missing`, or `bad-request` that names the line.
 */
export async function readQueries(path: string): Promise<Query[]> {
  const lines = createInterface({
    input: createReadStream(path, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  const queries: Query[] = [];
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      if (line.trim() !== "") queries.push(toQuery(line, `${path}, line ${number}`));
    }
  } catch (error) {
    throw error instanceof AppError ? error : toFileError(path, error);
  }
  return queries;
}

function toQuery(line: string, where: string): Query {
  let row: Partial<Record<string, unknown>> | null = null;
  try {
    row = JSON.parse(line.replace(/^\uFEFF/u, "")) as typeof row;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const id = row?.["id"] ?? row?.["_id"];
  const text = row?.["text"] ?? row?.["query"] ?? row?.["question"];
  if ((typeof id !== "string" && typeof id !== "number") || typeof text !== "string" || text === "")
    throw new AppError("bad-request", { facts: { reason: `${where}: not {"id", "text"}` } });
  return { id: String(id), text };
}
