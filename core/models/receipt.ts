import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const receipt = z.record(
  z.string(),
  z.strictObject({ bytes: z.number(), modifiedAt: z.number(), sha256: z.string() }),
);

/** What was last hashed in a model folder, so that opening a large model need not read it twice. */
export type Receipt = z.infer<typeof receipt>;

const receiptName = ".qwill-hashes.json";

/** The folder's receipt; empty where there is none or it is not ours. */
export async function readReceipt(folder: string): Promise<Receipt> {
  let text: string;
  try {
    text = await readFile(join(folder, receiptName), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
  try {
    return receipt.parse(JSON.parse(text));
  } catch {
    return {}; // a damaged receipt only costs hashing again
  }
}

/** Writes the receipt, or leaves it where the folder cannot be written (an installation's own models). */
export async function writeReceipt(folder: string, value: Receipt): Promise<void> {
  try {
    await writeFile(join(folder, receiptName), `${JSON.stringify(value, null, 2)}\n`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EROFS", "EACCES", "EPERM", "ENOSPC"].includes(code)) throw error;
  }
}
