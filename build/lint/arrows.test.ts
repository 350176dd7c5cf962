import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "qwill-arrows-"));
  mkdirSync(join(folder, "build/lint"), { recursive: true });
  copyFileSync(join(root, "oxlint.config.ts"), join(folder, "oxlint.config.ts"));
  for (const file of ["arrows.ts", "own-rules.ts"])
    copyFileSync(join(root, "build/lint", file), join(folder, "build/lint", file));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rules that oxlint reports for one planted file. */
function lint(path: string, code: string): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), code);
  try {
    execFileSync(process.execPath, [join(root, "node_modules/oxlint/bin/oxlint"), "-f", "unix", path], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

const forbidden: readonly [string, string][] = [
  ["core/contract/planted.ts", 'import { a } from "node:fs";\nexport const b = a;\n'],
  ["core/store/planted.ts", 'import type { A } from "../rag/a.ts";\nexport type B = A;\n'],
  ["core/providers/deep/planted.ts", 'import { a } from "../../rag/a.ts";\nexport const b = a;\n'],
  ["core/providers/planted2.ts", 'import { a } from "node:https";\nexport const b = a;\n'],
  ["core/rag/readers/planted.ts", 'import { a } from "../../providers/a.ts";\nexport const b = a;\n'],
  ["core/rag/planted2.ts", 'import { app } from "electron";\nexport const b = app;\n'],
  ["core/safety/envelope/planted.ts", 'import { a } from "undici";\nexport const b = a;\n'],
  ["core/safety/gate/planted.ts", 'import { a } from "../../providers/a.ts";\nexport const b = a;\n'],
  ["core/safety/planted2.ts", 'import type { A } from "../store/a.ts";\nexport type B = A;\n'],
  ["core/safety/planted.ts", 'import { a } from "../rag/a.ts";\nexport const b = a;\n'],
  ["core/rag/readers/planted2.ts", 'import { a } from "../library/a.ts";\nexport const b = a;\n'],
  ["core/rag/search/planted.ts", 'import { a } from "../library/a.ts";\nexport const b = a;\n'],
  ["core/rag/index/planted.ts", 'import { a } from "../search/a.ts";\nexport const b = a;\n'],
  ["core/models/planted.ts", 'import { a } from "../rag/a.ts";\nexport const b = a;\n'],
  ["core/tiers/planted.ts", 'import { a } from "../rag/a.ts";\nexport const b = a;\n'],
  ["core/suggest/planted.ts", 'import { a } from "../compose/a.ts";\nexport const b = a;\n'],
  ["core/compose/planted.ts", 'import { a } from "../../electron/main/a.ts";\nexport const b = a;\n'],
  ["electron/cli/planted.ts", 'import { a } from "../main/a.ts";\nexport const b = a;\n'],
  ["electron/cli/commands/planted.ts", 'import { a } from "../../worker/a.ts";\nexport const b = a;\n'],
  ["electron/process/planted.ts", 'import { a } from "../main/a.ts";\nexport const b = a;\n'],
  ["electron/preload/planted.ts", 'import { a } from "../../core/store/a.ts";\nexport const b = a;\n'],
  ["renderer/features/planted.ts", 'import { a } from "../../core/suggest/a.ts";\nexport const b = a;\n'],
  ["renderer/ui/planted.ts", 'import { a } from "../app/a.ts";\nexport const b = a;\n'],
  ["renderer/app/planted.ts", 'import { a } from "../features/suggest/a.ts";\nexport const b = a;\n'],
  ["renderer/app/planted2.ts", 'import { a } from "../main.tsx";\nexport const b = a;\n'],
  ["renderer/features/suggest/planted.ts", 'import { a } from "../../shell.tsx";\nexport const b = a;\n'],
  ["renderer/planted2.ts", 'import { a } from "../electron/main/a.ts";\nexport const b = a;\n'],
];

test("a circle fails, also one of types alone", () => {
  const of = (other: string) => `import type { B } from "./${other}.ts";\nexport type B = B | null;\n`;
  lint("core/store/planted-one.ts", of("planted-two").replaceAll("type B =", "type A ="));
  expect(
    lint("core/store/planted-two.ts", 'import type { A } from "./planted-one.ts";\nexport type B = A;\n'),
  ).toContain("no-cycle");
});

const typesOnly: readonly [string, string][] = [
  ["core/suggest/stages/planted.ts", "../../providers/registry.ts"],
  ["core/suggest/planted2.ts", "../store/handle.ts"],
  ["core/suggest/planted3.ts", "../rag/library/library.ts"],
  ["core/tiers/planted2.ts", "../suggest/suggest.ts"],
];

test.each(typesOnly)(
  "of a room whose types alone are known, nothing else is imported in %s",
  (path, from) => {
    expect(lint(path, `import { a } from "${from}";\nexport const b = a;\n`)).toContain(
      "no-restricted-imports",
    );
    expect(lint(path, `import { type A, a } from "${from}";\nexport const b: A = a;\n`)).toContain(
      "no-restricted-imports",
    );
    expect(lint(path, `import type { A } from "${from}";\nexport type B = A;\n`)).toBe("");
  },
);

test.each(forbidden)("an import against the arrows fails in %s", (path, code) => {
  expect(lint(path, code)).toContain("no-restricted-imports");
});

test.each([
  ["core/rag/library/planted2.ts", 'export const find = (db) => db.prepare("SELECT 1").get();\n'],
  ["core/rag/index/sqlite/planted.ts", 'export const make = (db) => db.exec("DROP TABLE a");\n'],
  ["electron/main/planted3.ts", 'export const check = (deps) => deps.db.pragma("quick_check");\n'],
])("a line of SQL outside the store fails in %s", (path, code) => {
  expect(lint(path, code)).toContain("no-restricted-properties");
});

test.each([
  ["core/rag/library/planted7.ts", 'export const find = ({ db: own }) => own.prepare("SELECT 1").get();\n'],
  [
    "core/compose/planted2.ts",
    "export const drop = (database, id) => database.run(`DELETE FROM files WHERE id = ${id}`);\n",
  ],
  [
    "electron/cli/planted2.ts",
    'export const look = (running) => running.db.prepare("  PRAGMA quick_check");\n',
  ],
])("a text of SQL outside the store fails in %s, whatever its database is called", (path, code) => {
  expect(lint(path, code)).toContain("no-sql-text");
  expect(lint(path, 'export const words = ["Select one", "UPDATE", "delete from here"];\n')).toBe("");
});

test("a statement of the store's own making fails outside the store, a transaction does not", () => {
  const statement = 'import { reading } from "../../store/handle.ts";\nexport const read = reading;\n';
  expect(lint("core/rag/library/planted3.ts", statement)).toContain("no-restricted-imports");
  const transaction =
    'import { inTransaction } from "../../store/handle.ts";\nexport const run = inTransaction;\n';
  expect(lint("core/rag/library/planted4.ts", transaction)).toBe("");
  const query =
    'import { reading } from "./handle.ts";\nexport const find = (db) => reading(db, "SELECT 1");\n';
  expect(lint("core/store/planted2.ts", query)).toBe("");
});

test("an array spread into push fails, since a long one overflows the stack", () => {
  const code = "export const join = (all: number[], more: number[]) => all.push(...more);\n";
  expect(lint("core/rag/library/planted5.ts", code)).toContain("no-spread-into-push");
  const loop = "export const add = (all: number[], one: number) => all.push(one);\n";
  expect(lint("core/rag/library/planted6.ts", loop)).toBe("");
});

test("a call of the global fetch outside the gate fails", () => {
  const code = 'export const page = () => fetch("http://127.0.0.1");\n';
  expect(lint("core/providers/planted3.ts", code)).toContain("no-restricted-globals");
  for (const object of ["globalThis", "window"])
    expect(lint("core/store/planted3.ts", `export const page = ${object}.fetch;\n`)).toContain(
      "no-restricted-properties",
    );
});

const allowed: readonly [string, string][] = [
  ["core/rag/planted4.ts", "../contract/documents.ts"],
  ["renderer/app/planted3.ts", "../ui/documents.ts"],
  ["renderer/features/suggest/planted2.ts", "../../app/documents.ts"],
  ["renderer/features/suggest/deep/planted.ts", "../documents.ts"],
  ["renderer/planted3.ts", "./features/suggest/documents.ts"],
];

test.each(allowed)("an import along the arrows passes in %s", (path, from) => {
  const code = `import type { Format } from "${from}";\nexport type Kind = Format;\n`;
  expect(lint(path, code)).toBe("");
});
