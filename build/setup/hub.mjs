// @ts-check
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { holds } from "./checksums.mjs";
import { runToolNode } from "./command.mjs";
import { canReach } from "./network.mjs";
import { inProject } from "./paths.mjs";

/** @typedef {{ repository: string, revision: string, files: Record<string, string>, remoteNames?: Record<string, string> }} HubModel */

/** The model hub; HF_ENDPOINT names a mirror, as in the hub's own client. Bytes are checked either way. */
const endpoint = (process.env["HF_ENDPOINT"] ?? "https://huggingface.co").replace(/\/+$/, "");

/**
 * Fetches a model's files from the hub, each checked by SHA-256. Files already there are kept.
 * @param {HubModel} model
 * @param {string} folder
 * @param {(line: string) => void} log
 * @returns {Promise<string | undefined>} undefined when all files are there, else why not
 */
export async function fetchFromHub(model, folder, log) {
  if (!(await canReach(endpoint))) return `${new URL(endpoint).host} is not reachable`;
  for (const [name, sha256] of Object.entries(model.files)) {
    const path = join(folder, name);
    if (await holds(path, sha256)) continue;
    const remote = model.remoteNames?.[name] ?? name;
    log(`downloading ${remote} from ${new URL(endpoint).host}`);
    mkdirSync(dirname(path), { recursive: true });
    const address = `${endpoint}/${model.repository}/resolve/${model.revision}/${remote}`;
    const outcome = await runToolNode([inProject("build/setup/download.mjs"), address, path], {
      timeoutSeconds: 900,
    });
    if (outcome.code !== 0) return `${remote}: ${lastLine(outcome.output)}`;
    if (!(await holds(path, sha256))) return `${remote}: not the pinned bytes`;
  }
  return undefined;
}

/** @param {string} text */
const lastLine = (text) => text.trim().split("\n").at(-1) ?? "";
