import { describe, expect, test } from "vitest";
import type { VaultStatus } from "../../core/contract/app.ts";
import { AppError, type ErrorCode } from "../../core/contract/errors.ts";
import type { WorkerSurface } from "../worker/surface.ts";
import type { KeySource } from "./key-source.ts";
import { makeLibrary } from "./library.ts";
import type { Host } from "../process/utility-host.ts";

const signal = new AbortController().signal;

/** A worker that opens, or refuses to with a code, and counts what it was asked. */
function rig(options: { refuses?: ErrorCode; needsChoice?: boolean; bug?: boolean } = {}) {
  const asked: string[] = [];
  const said: VaultStatus["state"][] = [];
  const bugs: string[] = [];
  let needsChoice = options.needsChoice ?? false;
  const host = {
    request: async (name: string) => {
      asked.push(name);
      if (options.bug) throw new TypeError("a bug");
      if (options.refuses) throw new AppError(options.refuses);
      return name === "library.state" ? { protection: "development", activeModelId: null, build: null } : [];
    },
    process: () => null,
    stop: async () => void asked.push("stop"),
  } as unknown as Host<WorkerSurface>;
  const keys: KeySource = {
    needsChoice: async () => needsChoice,
    unlock: async () => Promise.reject(new Error("the host unlocks")),
    makeDevelopmentKey: async () => {
      needsChoice = false;
    },
  };
  const library = makeLibrary({
    host,
    keys,
    onStatus: (status) => said.push(status.state),
    report: (where) => bugs.push(where),
  });
  return { library, asked, said, bugs };
}

describe("the library in main", () => {
  test("opens, says how its key is kept, and passes requests on", async () => {
    const { library, said } = rig();
    expect(await library.open()).toEqual({ state: "open", protection: "development" });
    expect(await library.request("collections.list", undefined, signal)).toEqual([]);
    expect(said).toEqual(["open"]);
  });

  test("starts no worker and writes nothing before the person chose", async () => {
    const { library, asked } = rig({ needsChoice: true });
    expect(await library.open()).toEqual({ state: "needs-choice" });
    await expect(library.request("collections.list", undefined, signal)).rejects.toMatchObject({
      code: "vault-needs-key",
    });
    expect(asked).toEqual([]);
    expect(await library.useDevelopmentKey()).toEqual({ state: "open", protection: "development" });
  });

  test("a development key is refused once there is nothing to choose", async () => {
    const { library } = rig();
    await library.open();
    await expect(library.useDevelopmentKey()).rejects.toMatchObject({ code: "not-allowed" });
  });

  test.each([
    "vault-locked",
    "vault-damaged",
    "vault-from-newer-version",
    "vault-in-use",
    "disk-full",
  ] as const)("says %s, to the window and to every request", async (code) => {
    const { library } = rig({ refuses: code });
    expect(await library.open()).toEqual({ state: "locked", code });
    await expect(library.request("collections.list", undefined, signal)).rejects.toMatchObject({ code });
  });

  test("a bug while opening is reported and leaves the library closed, not half open", async () => {
    const { library, bugs } = rig({ bug: true });
    expect(await library.open()).toEqual({ state: "locked", code: "vault-damaged" });
    expect(bugs).toEqual(["library"]);
  });

  test("two wishes to open are one opening", async () => {
    const { library, asked } = rig();
    await Promise.all([library.open(), library.open()]);
    expect(asked).toEqual(["library.state"]);
  });

  test("closes the database before it ends the worker", async () => {
    const { library, asked } = rig();
    await library.open();
    await library.close();
    expect(asked.slice(-2)).toEqual(["library.close", "stop"]);
  });
});
