import { expect, test } from "vitest";
import { oneChunk } from "./one-chunk.ts";

test("all that an entry imports is one chunk, and nothing else is in it", () => {
  const imports: Record<string, string[]> = {
    entry: ["a", "b"],
    a: ["b"],
    b: ["a", "c"],
    c: [],
    other: ["c"],
  };
  const modules = { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) };
  const { name } = oneChunk("desk", "entry");
  const inDesk = Object.keys(imports).filter((id) => name(id, modules) === "desk");
  expect(inDesk).toEqual(["entry", "a", "b", "c"]);
});
