import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { FileReader } from "../rag/readers/reader.ts";
import { makeFileKeyWrapper } from "../store/key-wrapper.ts";
import { unlockVault } from "../store/vault.ts";
import { inTurn } from "./in-turn.ts";
import { openLibrary } from "./open-library.ts";

test("a library whose reader cannot be ended lets go of its database all the same, and says so", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "qwill-open-"));
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  const key = new Uint8Array(randomBytes(32));
  const open = async (reader: FileReader) => {
    const vault = await unlockVault(dataFolder, makeFileKeyWrapper("key-file", key.slice()));
    const options = { dataFolder, vault, nativeBinding: undefined, modelFolders: [], threads: 1 };
    const hooks = {
      changed: () => undefined,
      modelsChanged: () => undefined,
      diskFull: () => undefined,
      isWatching: false,
    };
    const running = await openLibrary({ ...options, embeddingModel: "none" }, reader, {
      ...hooks,
      failed: (error) => {
        throw error;
      },
    });
    await vault.confirm(running.generation);
    return running;
  };
  const read = () => Promise.reject(new Error("nothing is read here"));
  const stuck = await open({ read, close: () => Promise.reject(new Error("the reader is stuck")) });
  await expect(stuck.close()).rejects.toThrow("the reader is stuck");
  const next = await open({ read, close: async () => undefined });
  await next.close();
});

test("what is closed in turn is closed to the last, and the first failure is told", async () => {
  const closed: number[] = [];
  const step = (number: number, fault?: string) => async () => {
    closed.push(number);
    if (fault !== undefined) throw new Error(fault);
  };
  await expect(inTurn(step(1), step(2, "first"), step(3, "second"), step(4))).rejects.toThrow("first");
  expect(closed).toEqual([1, 2, 3, 4]);
});
