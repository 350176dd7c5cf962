import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeBallast } from "./ballast.ts";
import { insertCollection } from "./collections.ts";
import { writeJson } from "./safe-json.ts";
import { openFolder } from "./testing/faults/open-folder.ts";
import { temporaryFolder } from "./testing/test-database.ts";
import { vaultPaths } from "./vault.ts";

const modesIn = (folder: string): [string, string][] =>
  ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })]
    .toSorted()
    .map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);

const isFolder = (folder: string, name: string): boolean => statSync(join(folder, name)).isDirectory();

test.skipIf(process.platform === "win32")(
  "the data folder and every file of the library in it are their owner's alone, also what was left open to others",
  async () => {
    const folder = temporaryFolder();
    const { database, slots } = vaultPaths(folder);
    const use = async (): Promise<void> => {
      const { db } = await openFolder(folder);
      insertCollection(db, `c${Date.now()}`, "device");
      await makeBallast(database, { bytes: 1_000 }).restore();
      writeJson(join(folder, "settings.json"), {});
      // While it is open, so that the log is there.
      const modes = modesIn(folder);
      expect(modes.map(([name]) => name)).toEqual(
        expect.arrayContaining(["library.db-wal", "library.ballast"]),
      );
      expect(modes).toEqual(modes.map(([name]) => [name, isFolder(folder, name) ? "700" : "600"]));
      db.close();
    };
    await use();
    // As an older Qwill, a backup or a killed run leave them.
    for (const name of ["library.db-wal", "library.db-shm", "library.ballast.new", "window.json"])
      writeFileSync(join(folder, name), "");
    writeFileSync(join(slots, "key-file.slot.damaged-1"), "");
    mkdirSync(`${slots}.123-ab.new`);
    writeFileSync(join(`${slots}.123-ab.new`, "key-file.slot"), "");
    for (const [name] of modesIn(folder))
      chmodSync(join(folder, name), isFolder(folder, name) ? 0o755 : 0o644);
    await use();
  },
);

test.skipIf(process.platform === "win32")(
  "what lies in the data folder and is not the library's stays as it is",
  async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "models"));
    writeFileSync(join(folder, "models", "public.onnx"), "");
    chmodSync(join(folder, "models"), 0o755);
    chmodSync(join(folder, "models", "public.onnx"), 0o644);
    (await openFolder(folder)).db.close();
    expect(modesIn(folder).filter(([name]) => name.startsWith("models"))).toEqual([
      ["models", "755"],
      ["models/public.onnx", "644"],
    ]);
  },
);
