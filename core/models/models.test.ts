import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DownloadProgress } from "../contract/models.ts";
import { modelBytes } from "./catalogue.ts";
import { downloadModel, isModelOrigin, type ModelFetch } from "./download.ts";
import { parseGgufHead } from "./gguf-head.ts";
import { importModel } from "./import.ts";
import { listImported, removeModel } from "./imported.ts";
import { fakeHub, ggufBytes, tinyModel, type HubFaults } from "./testing/small-models.ts";
import { verifyModel } from "./verify.ts";

let root: string;
let folder: string;
const { signal } = new AbortController();
const { row, contents } = tinyModel();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "qwill-models-"));
  folder = join(root, row.id);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function download(fetch: ModelFetch, until = signal): Promise<DownloadProgress[]> {
  const seen: DownloadProgress[] = [];
  for await (const progress of downloadModel(row, folder, { fetch }, until)) seen.push(progress);
  return seen;
}

async function put(path: string, bytes: Buffer | string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

describe("downloading a model", () => {
  test("ends whole, verified and counted", async () => {
    const hub = fakeHub(contents);
    const last = (await download(hub.fetch)).at(-1)!;
    expect(last).toMatchObject({
      modelId: "tiny",
      receivedBytes: modelBytes(row),
      totalBytes: modelBytes(row),
    });
    expect((await verifyModel(row, folder, signal)).state).toBe("installed");
    expect(hub.asked[0]).toBe("https://huggingface.co/someone/tiny/resolve/abc123/config.json");
  });

  test("asks for nothing that is already there", async () => {
    await download(fakeHub(contents).fetch);
    const again = fakeHub(contents);
    await download(again.fetch);
    expect(again.asked).toEqual([]);
  });

  test.each([
    ["takes up again what a broken connection left", false],
    ["starts anew where the server sends all of it", true],
  ])("%s", async (_name, ignoresRange) => {
    await expect(download(fakeHub(contents, { cutAfter: 60_000 }).fetch)).rejects.toMatchObject({
      code: "provider-interrupted",
    });
    expect((await verifyModel(row, folder, signal)).state).toBe("missing");
    const again = fakeHub(contents, { ignoresRange });
    const last = (await download(again.fetch)).at(-1)!;
    expect(again.asked).toContainEqual(expect.stringContaining("bytes=60000-"));
    expect(last.receivedBytes).toBe(modelBytes(row));
    expect((await verifyModel(row, folder, signal)).state).toBe("installed");
  });

  test("keeps nothing whose hash is wrong", async () => {
    await expect(download(fakeHub(contents, { corrupt: true }).fetch)).rejects.toMatchObject({
      code: "model-damaged",
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    [404, "provider-server"],
    [403, "provider-permission"],
    [429, "provider-rate-limited"],
  ] satisfies [number, string][])("says what status %i means", async (status, code) => {
    const faults: HubFaults = { status };
    await expect(download(fakeHub(contents, faults).fetch)).rejects.toMatchObject({ code });
  });

  test("stops when it is told to, and may be taken up again", async () => {
    const stop = new AbortController();
    const hub = fakeHub(contents);
    const stopping: ModelFetch = async (...call) => {
      const reply = await hub.fetch(...call);
      async function* body() {
        for await (const bytes of reply.body) {
          yield bytes;
          if (bytes.length > 1000) stop.abort();
        }
      }
      return { ...reply, body: body() };
    };
    await expect(download(stopping, stop.signal)).rejects.toMatchObject({ name: "AbortError" });
    await download(hub.fetch);
    expect((await verifyModel(row, folder, signal)).state).toBe("installed");
  });

  test("reaches the hub's own hosts and no other", () => {
    for (const origin of [
      "https://huggingface.co",
      "https://cdn-lfs.huggingface.co",
      "https://cas-bridge.xethub.hf.co",
    ])
      expect(isModelOrigin(origin)).toBe(true);
    for (const origin of [
      "http://cdn.hf.co",
      "https://hf.co.evil.example",
      "https://evilhf.co",
      "https://example.org",
      "null",
    ])
      expect(isModelOrigin(origin)).toBe(false);
    expect(isModelOrigin("https://mirror.example", "https://mirror.example")).toBe(true);
    expect(isModelOrigin("https://cdn.hf.co", "https://mirror.example")).toBe(false);
  });
});

describe("checking a model", () => {
  test("notices a file that was changed after it was checked", async () => {
    await download(fakeHub(contents).fetch);
    await verifyModel(row, folder, signal);
    await put(join(folder, "config.json"), Buffer.alloc(contents["config.json"]!.length, "x"));
    expect(await verifyModel(row, folder, signal)).toEqual({ state: "damaged", path: "config.json" });
  });

  test("accepts the other file that a row names", async () => {
    const other = {
      ...row,
      files: row.files.map((file) => ({
        ...file,
        sha256: "0".repeat(64),
        alternatives: [{ bytes: file.bytes, sha256: file.sha256! }],
      })),
    };
    await download(fakeHub(contents).fetch);
    expect((await verifyModel(other, folder, signal)).state).toBe("installed");
  });

  test("keeps to the hash first seen where none is published", async () => {
    const unpinned = { ...row, files: row.files.map((file) => ({ ...file, sha256: null })) };
    await download(fakeHub(contents).fetch);
    expect((await verifyModel(unpinned, folder, signal)).state).toBe("installed");
    await put(join(folder, "config.json"), Buffer.alloc(contents["config.json"]!.length, "x"));
    expect((await verifyModel(unpinned, folder, signal)).state).toBe("damaged");
  });
});

describe("importing a model", () => {
  test("knows a catalogue model by its files, whatever they are called", async () => {
    const from = join(root, "usb stick");
    await put(join(from, "a/settings.json"), contents["config.json"]!);
    await put(join(from, "weights.bin"), contents["onnx/model.onnx"]!);
    expect(await importModel(from, [row], root, signal)).toBe("tiny");
    expect((await verifyModel(row, folder, signal)).state).toBe("installed");
  });

  test("takes a GGUF file that no catalogue names, with what it says of itself", async () => {
    const bytes = ggufBytes(
      {
        "general.architecture": "llama",
        "general.name": "My Model",
        "general.license": "mit",
        "llama.context_length": 2048,
      },
      5000,
    );
    const from = await put(join(root, "from here/my model.gguf"), bytes);
    const id = await importModel(from, [row], root, signal);
    const [imported] = await listImported(root);
    expect(imported).toMatchObject({
      id,
      name: "My Model",
      licence: "mit",
      longestInput: 2048,
      files: [{ path: "my-model.gguf", bytes: bytes.length }],
    });
    expect((await verifyModel(imported!, join(root, id), signal)).state).toBe("installed");
    expect(await readFile(from)).toEqual(bytes);
    await removeModel(root, id);
    expect(await listImported(root)).toEqual([]);
  });

  test.each([
    ["not-gguf", "broken.gguf", "GGUFx"],
    ["no-model", "letter.txt", "Dear all"],
    ["unknown-embedding", "model.onnx", "onnx"],
  ])("refuses what it cannot use: %s", async (reason, name, text) => {
    const from = await put(join(root, "from", name), text);
    await expect(importModel(from, [row], root, signal)).rejects.toMatchObject({
      code: "model-import-invalid",
      facts: { reason },
    });
    expect(await readdir(root)).toEqual(["from"]);
  });

  test("removes nothing outside its folder", async () => {
    for (const id of ["..", "a/b", "", ".", "../x"])
      await expect(removeModel(root, id)).rejects.toMatchObject({ code: "bad-request" });
  });

  test("reads a cut or lying GGUF head without harm", () => {
    const whole = ggufBytes({ "general.architecture": "llama", "general.name": "n".repeat(500) }, 10);
    for (let length = 0; length < whole.length; length += 7) parseGgufHead(whole.subarray(0, length));
    const lying = Buffer.from(whole);
    lying.writeBigUInt64LE(2n ** 63n, 24);
    expect(parseGgufHead(lying)).toMatchObject({ architecture: null });
  });
});
