import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../store/testing/test-database.ts";
import { isReadable } from "../readers/formats.ts";
import { makeFakeClock, type FakeClock } from "./testing/fake-clock.ts";
import { watchFolders, type FolderWatch } from "./watch.ts";
import { identityOf, pathOf } from "./watch-tree.ts";

interface Rig {
  readonly watch: FolderWatch;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly reports: number[];
  readonly enter: (name: string) => void;
  /** Every path heard of so far, below the folder. */
  readonly heard: () => string[];
}

function makeRig(isRecursive: boolean): Rig {
  const folder = temporaryFolder();
  const clock = makeFakeClock(0);
  const reports: number[] = [];
  const watch = watchFolders({
    clock,
    quiet: 400,
    longest: 3_000,
    isReadable,
    isRecursive,
    report: () => reports.push(clock.now()),
    failed: (error) => {
      throw error;
    },
  });
  onTestFinished(() => watch.close());
  const heard = new Set<string>();
  const enter = (name: string): void => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    watch.tree(folder).enter(path, identityOf(statSync(path)));
  };
  watch.tree(folder).enter(folder, identityOf(statSync(folder)));
  return {
    watch,
    clock,
    folder,
    reports,
    enter,
    heard: () => {
      const { trees } = watch.take();
      for (const names of trees.values())
        for (const [directory, changed] of names)
          for (const name of changed) heard.add(join(pathOf(directory), name).slice(folder.length + 1));
      return [...heard].toSorted();
    },
  };
}

const patience = { timeout: 10_000, interval: 10 };

describe.each([
  ["a watch for each directory", false],
  ["a watch for all below a folder", true],
])("%s", (_, isRecursive) => {
  test("hears of files that come, change, move and go, in every directory that was entered", async () => {
    const rig = makeRig(isRecursive);
    rig.enter("inner");
    writeFileSync(join(rig.folder, "a.txt"), "a");
    writeFileSync(join(rig.folder, "inner/b.txt"), "b");
    await expect.poll(rig.heard, patience).toEqual(expect.arrayContaining(["a.txt", "inner/b.txt"]));
    renameSync(join(rig.folder, "inner/b.txt"), join(rig.folder, "inner/c.txt"));
    rmSync(join(rig.folder, "a.txt"));
    await expect.poll(rig.heard, patience).toEqual(expect.arrayContaining(["inner/b.txt", "inner/c.txt"]));
  });

  test("hears of directories that come and go", async () => {
    const rig = makeRig(isRecursive);
    mkdirSync(join(rig.folder, "new"));
    await expect.poll(rig.heard, patience).toEqual(["new"]);
    rmSync(join(rig.folder, "new"), { recursive: true });
    await expect.poll(() => rig.heard().length > 0 || rig.watch.isPending, patience).toBe(true);
  });

  test("does not hear of what is hidden, nor that a file is written which no reader reads", async () => {
    const rig = makeRig(isRecursive);
    writeFileSync(join(rig.folder, "app.tmp"), "");
    await expect.poll(rig.heard, patience).toEqual(["app.tmp"]);
    rig.watch.take();
    for (let at = 0; at < 50; at++) appendFileSync(join(rig.folder, "app.tmp"), "more");
    writeFileSync(join(rig.folder, ".hidden.txt"), "");
    writeFileSync(join(rig.folder, "z.txt"), "");
    await expect.poll(rig.heard, patience).toEqual(["app.tmp", "z.txt"]);
  });

  test("reports a burst once it is quiet, and now and then while it goes on", async () => {
    const rig = makeRig(isRecursive);
    for (let at = 0; at < 12; at++) {
      writeFileSync(join(rig.folder, `${at}.txt`), "");
      await expect.poll(rig.heard, patience).toContain(`${at}.txt`);
      rig.clock.advance(300);
    }
    expect(rig.reports).toEqual([3_000]);
    rig.clock.advance(400);
    expect(rig.reports).toHaveLength(2);
  });

  test("hears nothing of a folder that was let go", async () => {
    const rig = makeRig(isRecursive);
    rig.watch.keepFolders([]);
    const other = makeRig(isRecursive);
    writeFileSync(join(rig.folder, "a.txt"), "a");
    writeFileSync(join(other.folder, "a.txt"), "a");
    await expect.poll(other.heard, patience).toEqual(["a.txt"]);
    expect(rig.heard()).toEqual([]);
  });
});
