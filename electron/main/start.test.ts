import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { start } from "./start.ts";
import { nativeTexts } from "./native-texts.ts";

function rig() {
  const said: string[] = [];
  const deps = {
    showError: (title: string, text: string) => void said.push(`${title} | ${text}`),
    exit: (code: number) => void said.push(`exit ${code}`),
    words: () => nativeTexts.en,
  };
  return { said, deps };
}

describe("a start", () => {
  test("that succeeds says nothing", async () => {
    const { said, deps } = rig();
    await start(async () => undefined, deps);
    expect(said).toEqual([]);
  });

  test.each<[string, () => Promise<void>]>([
    [
      "at once",
      () => {
        throw new TypeError("a secret of a document");
      },
    ],
    ["later", async () => Promise.reject(new TypeError("a secret of a document"))],
  ])("that fails %s ends with a message and an exit", async (_when, fails) => {
    const { said, deps } = rig();
    await start(fails, deps);
    expect(said).toEqual([
      `${nativeTexts.en.startFailed} | ${nativeTexts.en.startFailedDetail}\n\nTypeError`,
      "exit 1",
    ]);
  });

  test("that fails by the system names its code and the place", async () => {
    const { said, deps } = rig();
    await start(async () => void readFileSync("/no/such/place"), deps);
    expect(said[0]).toContain("ENOENT /no/such/place");
  });

  test("that cannot even say so ends all the same", async () => {
    const { said, deps } = rig();
    const dumb = {
      ...deps,
      showError: () => {
        throw new Error("no screen");
      },
    };
    await start(async () => Promise.reject(new Error("a")), dumb).catch(() => said.push("told"));
    expect(said).toContain("exit 1");
  });
});
