import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findEmbeddingRow } from "../../models/embedding-catalogue.ts";
import { embedderContract } from "./testing/embedder-contract.ts";
import { openEmbedder } from "./transformers-embedder.ts";

const row = findEmbeddingRow("multilingual-e5-small")!;
const folder = resolve(import.meta.dirname, "../../../.cache/models", row.id);

describe.skipIf(!existsSync(join(folder, "config.json")))(
  "with the multilingual model (skipped while set-up has not made it)",
  () => {
    const open = () => openEmbedder({ row, folder, threads: 1 });
    embedderContract("a session of its own with E5", open);

    test("a text has the same vector alone and beside a thousand others", async () => {
      const embedder = await open();
      const { signal } = new AbortController();
      const texts = [
        "未经房东书面同意，承租人不得转租房屋。",
        "The tenant may not sublet.",
        "Кто платит за ремонт?",
      ];
      const others = Array.from({ length: 1000 }, (_, at) => `Line ${at}${" and more".repeat(at % 40)}`);
      const alone = [];
      for (const text of texts) alone.push(...(await embedder.embedDocuments([text], signal)));
      const among = await embedder.embedDocuments([...others, ...texts], signal);
      expect(among.slice(-texts.length)).toEqual(alone);
      await embedder.close();
    });

    test("a question finds its passage in another language", async () => {
      const embedder = await open();
      const { signal } = new AbortController();
      const passages = [
        "未经房东书面同意，承租人不得转租房屋。",
        "The museum is closed on Mondays and on public holidays.",
        "Bicycles may be kept in the yard of the house.",
      ];
      const vectors = await embedder.embedDocuments(passages, signal);
      const question = await embedder.embedQuery("May a tenant sublet the flat to somebody else?", signal);
      const near = vectors.map((vector) => vector.reduce((sum, value, at) => sum + value * question[at]!, 0));
      expect(near.indexOf(Math.max(...near))).toBe(0);
      await embedder.close();
    });
  },
);
