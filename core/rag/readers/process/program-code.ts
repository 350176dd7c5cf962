import { dirname, join, resolve } from "node:path";

/**
 * The only places that a reader may read: the program itself. `entry`: where the reader begins, which is
 * `electron/reader/index.ts` of a checkout or `out/main/reader.js` of a build.
 */
export function programCode(entry: string): string[] {
  const root = resolve(dirname(entry), "../..");
  const beside = ["core", "electron", "out", "node_modules", "package.json"];
  // A package keeps what cannot be in its archive beside it.
  return [dirname(entry), ...beside.flatMap((name) => [join(root, name), join(`${root}.unpacked`, name)])];
}
