import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readPath } from "../readers/testing/read-path.ts";
import { makeWatchRig, patience, type WatchRig } from "./testing/watch-rig.ts";

const page = { filter: "", offset: 0, limit: 1_000 };
const ready = "ready 1/1";

/** Files with their ids and documents, by the last part of their path. */
function identities({ library }: WatchRig): Record<string, unknown> {
  return Object.fromEntries(
    library.files(page).files.map(({ name, id, documentId }) => [name, [id, documentId]]),
  );
}

async function watching(rig: WatchRig, ...folders: string[]): Promise<void> {
  const paths = folders.map((folder) => join(rig.base, folder));
  for (const path of paths) mkdirSync(path, { recursive: true });
  await rig.library.add(rig.collectionId, paths);
  await rig.library.whenIdle();
  rig.looked.clear();
}

describe("a change", () => {
  test("is looked at where it is, and nowhere else", async () => {
    const rig = await makeWatchRig();
    for (let at = 0; at < 60; at++) rig.write(`notes/${at % 6}/${at}.txt`, `Number ${at}.`);
    await watching(rig, "notes");
    rig.write("notes/3/9.txt", "Number nine, changed.");
    await expect
      .poll(
        rig.later(() => rig.embedded.at(-1)),
        patience,
      )
      .toEqual("Number nine, changed.");
    expect([...rig.looked]).toEqual(["notes/3/9.txt"]);
  });

  test("of a file that no reader reads is not looked at, however often it comes", async () => {
    const rig = await makeWatchRig();
    const path = rig.write("notes/app.tmp", "");
    await watching(rig, "notes");
    for (let at = 0; at < 200; at++) appendFileSync(path, "more\n");
    rig.write("notes/a.txt", "One heron.");
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/a.txt": ready });
    expect([...rig.looked]).toEqual(["notes/a.txt"]);
  });

  test("right after a folder was added is not missed", async () => {
    const rig = await makeWatchRig();
    await watching(rig, "notes");
    rig.write("notes/new/deep/a.txt", "One heron.");
    rig.write("notes/b.txt", "Two herons.");
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual({ "notes/new/deep/a.txt": ready, "notes/b.txt": ready });
    rig.write("notes/new/deep/c.txt", "Three herons.");
    rmSync(join(rig.base, "notes/b.txt"));
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual({ "notes/new/deep/a.txt": ready, "notes/new/deep/c.txt": ready });
  });

  test("below a hidden folder is not looked at", async () => {
    const rig = await makeWatchRig();
    await watching(rig, "notes");
    rig.write("notes/.git/a.txt", "Not meant.");
    rig.write("notes/node_modules/x/b.md", "Nor this.");
    rig.write("notes/c.txt", "One heron.");
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/c.txt": ready });
  });

  test("of a file taken off the list does not bring it back", async () => {
    const rig = await makeWatchRig();
    rig.write("notes/a.txt", "One heron.");
    await watching(rig, "notes");
    await rig.library.removeFiles([rig.library.files(page).files[0]!.id]);
    rig.write("notes/a.txt", "Another heron.");
    rig.write("notes/b.txt", "Two herons.");
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/b.txt": ready });
  });
});

test("a file that goes on growing is not read with every line, and in the end it is read whole", async () => {
  let reads = 0;
  const rig = await makeWatchRig({
    reader: {
      read: async (path, signal) => {
        reads += 1;
        return readPath(path, signal);
      },
      close: async () => undefined,
    },
  });
  const log = rig.write("notes/server.log", "Line 0.\n");
  await watching(rig, "notes");
  reads = 0;
  for (let line = 1; line <= 20; line++) {
    rig.looked.clear();
    appendFileSync(log, `Line ${line}.\n`);
    await expect
      .poll(
        rig.later(() => rig.looked.size),
        patience,
      )
      .toBe(1);
  }
  // The distances double: for half as many it would have to grow for ten minutes.
  expect(reads).toBeLessThan(10);
  const lastLine = async (): Promise<string | undefined> => {
    const id = rig.library.files(page).files[0]?.documentId ?? 0;
    return (await rig.library.passages(id, 0, 5)).at(-1)?.text.split("\n").at(-1);
  };
  await expect.poll(rig.later(lastLine), patience).toBe("Line 20.");
});

describe("what is moved keeps its documents and vectors:", () => {
  async function moving(...folders: string[]): Promise<WatchRig> {
    const rig = await makeWatchRig();
    for (const name of ["a", "b", "c"]) rig.write(`notes/inner/deep/${name}.txt`, `About ${name}.`);
    await watching(rig, "notes", ...folders);
    return rig;
  }
  const at = (folder: string): Record<string, string> =>
    Object.fromEntries(["a", "b", "c"].map((name) => [`${folder}/${name}.txt`, ready]));

  test("a folder with all in it", async () => {
    const rig = await moving();
    const before = identities(rig);
    renameSync(join(rig.base, "notes/inner"), join(rig.base, "notes/other"));
    await expect.poll(rig.later(rig.states), patience).toEqual(at("notes/other/deep"));
    expect(identities(rig)).toEqual(before);
    expect(rig.embedded).toHaveLength(3);
    // It goes on being watched under its new name.
    rig.write("notes/other/deep/a.txt", "About a, again.");
    await expect
      .poll(
        rig.later(() => rig.embedded.at(-1)),
        patience,
      )
      .toEqual("About a, again.");
  });

  test("a folder, and what was taken off the list in it stays off", async () => {
    const rig = await moving();
    const taken = rig.library.files({ ...page, filter: "b.txt" }).files.map(({ id }) => id);
    await rig.library.removeFiles(taken);
    renameSync(join(rig.base, "notes/inner"), join(rig.base, "notes/other"));
    const { [`notes/other/deep/b.txt`]: _, ...left } = at("notes/other/deep");
    await expect.poll(rig.later(rig.states), patience).toEqual(left);
    await rig.library.scan(new AbortController().signal);
    rig.write("notes/other/deep/b.txt", "About b, changed.");
    rig.write("notes/other/deep/d.txt", "About d.");
    await expect.poll(rig.later(rig.states), patience).toEqual({ ...left, "notes/other/deep/d.txt": ready });
  });

  // Elsewhere a change inside it may be told under its old name, and it is walked.
  test.runIf(process.platform === "linux")("a folder, without a look at what is in it", async () => {
    const rig = await moving();
    renameSync(join(rig.base, "notes/inner"), join(rig.base, "notes/other"));
    await expect.poll(rig.later(rig.states), patience).toEqual(at("notes/other/deep"));
    expect([...rig.looked].filter((path) => path.endsWith(".txt"))).toEqual([]);
  });

  test("a folder that goes into another watched folder", async () => {
    const rig = await moving("archive");
    const before = identities(rig);
    renameSync(join(rig.base, "notes/inner"), join(rig.base, "archive/inner"));
    await expect.poll(rig.later(rig.states), patience).toEqual(at("archive/inner/deep"));
    expect(identities(rig)).toEqual(before);
    expect(rig.embedded).toHaveLength(3);
    expect(rig.library.folders().map(({ files }) => files)).toEqual([3, 0]);
  });

  test("a folder that goes into one just made", async () => {
    const rig = await moving();
    const before = identities(rig);
    mkdirSync(join(rig.base, "notes/new/newer"), { recursive: true });
    renameSync(join(rig.base, "notes/inner"), join(rig.base, "notes/new/newer/inner"));
    await expect.poll(rig.later(rig.states), patience).toEqual(at("notes/new/newer/inner/deep"));
    expect(identities(rig)).toEqual(before);
    expect(rig.embedded).toHaveLength(3);
  });

  test("files, one by one, into another folder", async () => {
    const rig = await moving("archive");
    const before = identities(rig);
    for (const name of ["a", "b", "c"])
      renameSync(join(rig.base, `notes/inner/deep/${name}.txt`), join(rig.base, `archive/${name}.txt`));
    await expect.poll(rig.later(rig.states), patience).toEqual(at("archive"));
    expect(identities(rig)).toEqual(before);
    expect(rig.embedded).toHaveLength(3);
  });

  test("files with times in whole seconds, which are known again by their bytes", async () => {
    const rig = await makeWatchRig();
    for (const name of ["a", "b"]) utimesSync(rig.write(`notes/${name}.txt`, `Of ${name}.`), 1_000, 1_000);
    await watching(rig, "notes");
    const before = identities(rig);
    mkdirSync(join(rig.base, "notes/x"));
    // What is moved next takes the other's place: neither size nor time tells them apart.
    renameSync(join(rig.base, "notes/a.txt"), join(rig.base, "notes/x/a.txt"));
    renameSync(join(rig.base, "notes/b.txt"), join(rig.base, "notes/x/b.txt"));
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual({ "notes/x/a.txt": ready, "notes/x/b.txt": ready });
    expect(identities(rig)).toEqual(before);
    expect(rig.embedded).toHaveLength(2);
  });

  test("a file that was changed before it was moved is read again, and is the same file", async () => {
    const rig = await moving();
    const before = identities(rig);
    rig.write("notes/inner/deep/a.txt", "About a, changed.");
    renameSync(join(rig.base, "notes/inner/deep/a.txt"), join(rig.base, "notes/z.txt"));
    await expect
      .poll(
        rig.later(() => rig.embedded.at(-1)),
        patience,
      )
      .toEqual("About a, changed.");
    expect(rig.states()).toMatchObject({ "notes/z.txt": ready });
    expect((identities(rig)["z.txt"] as number[])[0]).toBe((before["a.txt"] as number[])[0]);
  });
});

test("two files that change places are each read under their new name", async () => {
  const rig = await makeWatchRig();
  rig.write("notes/a.txt", "One heron stands.");
  rig.write("notes/b.txt", "Two otters.");
  await watching(rig, "notes");
  const path = (name: string): string => join(rig.base, "notes", name);
  renameSync(path("a.txt"), path("t.tmp"));
  renameSync(path("b.txt"), path("a.txt"));
  renameSync(path("t.tmp"), path("b.txt"));
  await expect
    .poll(
      rig.later(async () =>
        Promise.all(
          rig.library
            .files(page)
            .files.map(async ({ documentId }) => (await rig.library.passages(documentId!, 0, 1))[0]?.text),
        ),
      ),
      patience,
    )
    .toEqual(["Two otters.", "One heron stands."]);
});

test("a file that another one of its size and moment is put over is read", async () => {
  const rig = await makeWatchRig();
  const paths = ["a", "b"].map((name) => rig.write(`notes/${name}.txt`, `Only ${name}.`));
  for (const path of paths) utimesSync(path, 1_000.5, 1_000.5);
  await watching(rig, "notes");
  renameSync(paths[1]!, paths[0]!);
  const text = async (): Promise<unknown[]> =>
    Promise.all(
      rig.library
        .files(page)
        .files.map(async ({ name, documentId }) => [
          name,
          (await rig.library.passages(documentId!, 0, 1))[0]?.text,
        ]),
    );
  await expect.poll(rig.later(text), patience).toEqual([["a.txt", "Only b."]]);
});

describe("a file that is renamed while it is read", () => {
  async function renamingWhileRead(isSeenMeanwhile: boolean): Promise<WatchRig> {
    const from = "notes/a.txt";
    let reads = 0;
    const rig: WatchRig = await makeWatchRig({
      reader: {
        read: async (path, signal) => {
          if (++reads > 1) return readPath(path, signal);
          renameSync(join(rig.base, from), join(rig.base, "notes/b.txt"));
          if (isSeenMeanwhile)
            await expect
              .poll(
                rig.meanwhile(() => rig.library.files(page).files.map(({ name }) => name)),
                patience,
              )
              .toEqual(["b.txt"]);
          return readPath(path, signal);
        },
        close: async () => undefined,
      },
    });
    mkdirSync(join(rig.base, "notes"));
    await rig.library.add(rig.collectionId, [join(rig.base, "notes")]);
    // Of a time that tells it apart, and long past.
    utimesSync(rig.write(from, "One heron."), 1_000.5, 1_000.5);
    return rig;
  }

  test("is read under its new name when that is known before the reading ends", async () => {
    const rig = await renamingWhileRead(true);
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/b.txt": ready });
  });

  test("is read under its new name when the reading fails first", async () => {
    const rig = await renamingWhileRead(false);
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/b.txt": ready });
  });

  test("is read under its new name when its folder was renamed", async () => {
    let reads = 0;
    const rig: WatchRig = await makeWatchRig({
      reader: {
        read: async (path, signal) => {
          if (++reads === 1) renameSync(join(rig.base, "notes/inner"), join(rig.base, "notes/other"));
          return readPath(path, signal);
        },
        close: async () => undefined,
      },
    });
    mkdirSync(join(rig.base, "notes/inner"), { recursive: true });
    await rig.library.add(rig.collectionId, [join(rig.base, "notes")]);
    rig.write("notes/inner/a.txt", "One heron.");
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/other/a.txt": ready });
  });
});

describe("a watched folder that goes and comes back", () => {
  const folders = (rig: WatchRig) =>
    rig.library.folders().map(({ reachable, files }) => ({ reachable, files }));

  // guide: "One that cannot be reached keeps what is known of it, and is followed again once it is back."
  test("is told as out of reach, keeps what it holds, and is watched again", async () => {
    const rig = await makeWatchRig();
    rig.write("drive/notes/a.txt", "One heron.");
    await watching(rig, "drive/notes");
    renameSync(join(rig.base, "drive"), join(rig.base, "away"));
    await expect
      .poll(
        rig.later(() => folders(rig)),
        patience,
      )
      .toEqual([{ reachable: false, files: 1 }]);
    expect(rig.states()).toEqual({ "drive/notes/a.txt": ready });
    writeFileSync(join(rig.base, "away/notes/b.txt"), "Two herons.");
    renameSync(join(rig.base, "away"), join(rig.base, "drive"));
    await expect
      .poll(
        rig.later(() => folders(rig)),
        patience,
      )
      .toEqual([{ reachable: true, files: 2 }]);
    rig.write("drive/notes/c.txt", "Three herons.");
    await expect.poll(rig.later(rig.states), patience).toEqual({
      "drive/notes/a.txt": ready,
      "drive/notes/b.txt": ready,
      "drive/notes/c.txt": ready,
    });
    expect(rig.embedded).toHaveLength(3);
  });

  test("is watched again when it was replaced by a copy from a backup", async () => {
    const rig = await makeWatchRig();
    rig.write("notes/deep/a.txt", "One heron.");
    await watching(rig, "notes");
    const path = join(rig.base, "notes");
    cpSync(path, join(rig.base, "backup"), { recursive: true, preserveTimestamps: true });
    rmSync(path, { recursive: true });
    renameSync(join(rig.base, "backup"), path);
    rig.write("notes/deep/b.txt", "Two herons.");
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual({ "notes/deep/a.txt": ready, "notes/deep/b.txt": ready });
    rig.write("notes/deep/c.txt", "Three herons.");
    await expect
      .poll(
        rig.later(() => folders(rig)),
        patience,
      )
      .toEqual([{ reachable: true, files: 3 }]);
  });

  test("that was away when the library was opened is watched once it is there", async () => {
    const first = await makeWatchRig();
    first.write("notes/a.txt", "One heron.");
    await watching(first, "notes");
    renameSync(join(first.base, "notes"), join(first.base, "away"));
    await first.library.scan(new AbortController().signal);
    expect(folders(first)).toEqual([{ reachable: false, files: 1 }]);
    renameSync(join(first.base, "away"), join(first.base, "notes"));
    await expect
      .poll(
        first.later(() => folders(first)),
        patience,
      )
      .toEqual([{ reachable: true, files: 1 }]);
    first.write("notes/b.txt", "Two herons.");
    await expect
      .poll(first.later(first.states), patience)
      .toEqual({ "notes/a.txt": ready, "notes/b.txt": ready });
  });
});

describe("whatever stands in a watched folder:", () => {
  test("links that lead round in a circle", async () => {
    const rig = await makeWatchRig();
    await watching(rig, "notes");
    mkdirSync(join(rig.base, "notes/inner"));
    symlinkSync(join(rig.base, "notes"), join(rig.base, "notes/inner/circle"));
    symlinkSync("nowhere.txt", join(rig.base, "notes/broken.txt"));
    symlinkSync(rig.write("outside.txt", "Linked heron."), join(rig.base, "notes/linked.txt"));
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/linked.txt": ready });
  });

  test("names with line breaks, and two that only the composition of their letters tells apart", async () => {
    const rig = await makeWatchRig();
    await watching(rig, "notes");
    const names = [
      "line\nbreak.txt",
      "caf\u00e9.txt",
      "cafe\u0301.txt",
      "Case.txt",
      "case.txt",
      "日本 😀.txt",
    ];
    for (const [at, name] of names.entries()) rig.write(`notes/${name}`, `Number ${at}.`);
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual(Object.fromEntries(names.map((name) => [`notes/${name}`, ready])));
    for (const name of names) rmSync(join(rig.base, "notes", name));
    await expect.poll(rig.later(rig.states), patience).toEqual({});
  });

  test("a name that changes in case only", async () => {
    const rig = await makeWatchRig();
    rig.write("notes/Heron/heron.txt", "One heron.");
    await watching(rig, "notes");
    const before = Object.values(identities(rig));
    renameSync(join(rig.base, "notes/Heron/heron.txt"), join(rig.base, "notes/Heron/HERON.txt"));
    renameSync(join(rig.base, "notes/Heron"), join(rig.base, "notes/HERON"));
    await expect.poll(rig.later(rig.states), patience).toEqual({ "notes/HERON/HERON.txt": ready });
    expect(Object.values(identities(rig))).toEqual(before);
    expect(rig.embedded).toHaveLength(1);
  });

  test("a folder renamed to the name of one in it", async () => {
    const rig = await makeWatchRig();
    rig.write("notes/a/a/a.txt", "About a.");
    rig.write("notes/a/b.txt", "About b.");
    await watching(rig, "notes");
    const path = (name: string): string => join(rig.base, "notes", name);
    renameSync(path("a"), path("t"));
    renameSync(path("t/a"), path("a"));
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual({ "notes/a/a.txt": ready, "notes/t/b.txt": ready });
    rig.write("notes/a/c.txt", "About c.");
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual({ "notes/a/a.txt": ready, "notes/a/c.txt": ready, "notes/t/b.txt": ready });
  });

  test("a folder in the place of a file, and a file in the place of a folder", async () => {
    const rig = await makeWatchRig();
    rig.write("notes/a.txt", "About a.");
    rig.write("notes/b.txt/c.txt", "About c.");
    await watching(rig, "notes");
    rmSync(join(rig.base, "notes/a.txt"));
    rmSync(join(rig.base, "notes/b.txt"), { recursive: true });
    rig.write("notes/a.txt/d.txt", "About d.");
    rig.write("notes/b.txt", "About b.");
    await expect
      .poll(rig.later(rig.states), patience)
      .toEqual({ "notes/a.txt/d.txt": ready, "notes/b.txt": ready });
  });

  test("thousands of files dropped at once", async () => {
    const rig = await makeWatchRig();
    await watching(rig, "notes");
    rig.library.pause();
    mkdirSync(join(rig.base, "notes/many"));
    for (let at = 0; at < 3_000; at++) writeFileSync(join(rig.base, `notes/many/${at}.txt`), `Number ${at}.`);
    await expect
      .poll(
        rig.later(() => rig.library.files({ ...page, limit: 1 }).total),
        patience,
      )
      .toEqual(3_000);
    rmSync(join(rig.base, "notes/many"), { recursive: true });
    await expect
      .poll(
        rig.later(() => rig.library.files({ ...page, limit: 1 }).total),
        patience,
      )
      .toEqual(0);
  });

  // Nothing is closed to the superuser.
  test.skipIf(process.getuid?.() === 0)(
    "a folder that is closed to us keeps what is known of it",
    async () => {
      const rig = await makeWatchRig();
      rig.write("notes/closed/a.txt", "One heron.");
      await watching(rig, "notes");
      const path = join(rig.base, "notes/closed");
      onTestFinished(() => chmodSync(path, 0o700));
      chmodSync(path, 0);
      rig.write("notes/b.txt", "Two herons.");
      await expect
        .poll(rig.later(rig.states), patience)
        .toEqual({ "notes/b.txt": ready, "notes/closed/a.txt": ready });
      await rig.library.scan(new AbortController().signal);
      expect(Object.keys(rig.states())).toEqual(["notes/closed/a.txt", "notes/b.txt"]);
      chmodSync(path, 0o700);
      rig.write("notes/closed/c.txt", "Three herons.");
      await expect
        .poll(
          rig.later(() => Object.keys(rig.states()).length),
          patience,
        )
        .toEqual(3);
    },
  );
});
