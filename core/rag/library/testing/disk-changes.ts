import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

/** Changes files and folders below some folders as a seed says, as people and programs do. */
export interface DiskChanges {
  /** Does one thing and says what. */
  step(): string;
  /** The text of every file below the folders that is no hidden one, by path. */
  texts(): Record<string, string>;
}

const names = ["a", "b", "c", "d", "A"];

export function makeDiskChanges(
  folders: readonly string[],
  outside: string,
  random: () => number,
): DiskChanges {
  let written = 0;
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;

  function below(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [path, ...below(path)] : [path];
    });
  }
  const isDirectory = (path: string): boolean => statSync(path).isDirectory();
  const all = (): string[] => folders.flatMap((folder) => below(folder));
  const directories = (): string[] => [...folders, ...all().filter(isDirectory)];
  const files = (): string[] => all().filter((path) => !isDirectory(path));
  const newFile = (): string => join(pick(directories()), `${pick(names)}.txt`);
  const newFolder = (): string => join(pick(directories()), pick([...names, ".hidden"]));

  function write(path: string): string {
    if (existsSync(path) && isDirectory(path)) return "";
    writeFileSync(path, `Text number ${(written += 1)}.`);
    // Some programs keep whole seconds only.
    if (random() < 0.2) utimesSync(path, 1_000, 1_000 + written);
    return `write ${path}`;
  }

  function move(from: string | undefined, to: string): string {
    if (from === undefined || to === from || to.startsWith(`${from}/`) || from.startsWith(`${to}/`))
      return "";
    if (existsSync(to) && (isDirectory(to) || isDirectory(from))) return "";
    renameSync(from, to);
    return `move ${from} to ${to}`;
  }

  function remove(path: string | undefined): string {
    if (path === undefined) return "";
    rmSync(path, { recursive: true });
    return `remove ${path}`;
  }

  const steps: readonly (() => string)[] = [
    () => write(newFile()),
    () => write(newFile()),
    () => write(newFile()),
    () => {
      const path = newFolder();
      if (existsSync(path)) return "";
      mkdirSync(path);
      return `make ${path}`;
    },
    () => write(pick([newFile(), ...files()])),
    () => move(pick(files()), newFile()),
    () => move(pick(all().filter(isDirectory)), newFolder()),
    () => move(pick(all().filter(isDirectory)), newFolder()),
    () => (random() < 0.5 ? remove(pick(files())) : ""),
    () => (random() < 0.2 ? remove(pick(all().filter(isDirectory))) : ""),
    // A safe save: written beside it, then put in its place.
    () => {
      const path = pick(files());
      if (path === undefined) return "";
      write(`${path}.tmp`);
      return move(`${path}.tmp`, path);
    },
    () => {
      const path = pick(all().filter(isDirectory));
      return move(path, join(outside, `${(written += 1)}`));
    },
    () => {
      const path = pick(readdirSync(outside));
      return path === undefined ? "" : move(join(outside, path), newFolder());
    },
  ];

  return {
    step: () => {
      for (;;) {
        const done = pick(steps)();
        if (done !== "") return done;
      }
    },
    texts: () =>
      Object.fromEntries(
        folders
          .flatMap(visible)
          .filter((path) => basename(path).endsWith(".txt"))
          .map((path) => [path, readFileSync(path, "utf8")]),
      ),
  };

  function visible(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.name.startsWith(".")) return [];
      return entry.isDirectory() ? visible(path) : [path];
    });
  }
}
