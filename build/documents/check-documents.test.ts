import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { hashOf, type Approvals } from "./history.ts";

let root: string;
const document = "docs/providers/qwen.md";
const script = join(import.meta.dirname, "check-documents.ts");

const git = (folder: string, ...args: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    stdio: "pipe",
  });

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Writes the document and, where asked, records its approval; commits both. */
function commit(text: string, approved: boolean): void {
  write(document, text);
  if (approved) {
    const path = "build/documents/approvals.json";
    const approvals = JSON.parse(readFileSync(join(root, path), "utf8")) as Approvals;
    const entry = { document, sha256: hashOf(text), approver: "owner", date: "2026-11-23", reason: "test" };
    write(path, JSON.stringify({ ...approvals, approvals: [...approvals.approvals, entry] }));
  }
  git(root, "add", "-A");
  git(root, "commit", "-qm", "x");
}

const check = (folder = root) => {
  const done = spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
  return { code: done.status, problems: done.stderr };
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "qwill-documents-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  git(root, "init", "-q", "-b", "main");
  write("build/documents/approvals.json", JSON.stringify({ approvers: ["owner"], approvals: [] }));
  commit("# Qwen\n\nOld fact.\n", true);
});

test("an approved addition passes", () => {
  commit("# Qwen\n\nOld fact.\n\nNew fact.\n", true);
  expect(check()).toEqual({ code: 0, problems: "" });
});

test("a dated note, then another, needs no approval, also in a shallow clone", () => {
  const noted = "# Qwen\n\nOld fact.\n\n2026-11-27: tried with vLLM.\n";
  commit(noted, false);
  commit(`${noted}\n2026-11-28: and with SGLang.\n`, false);
  expect(check()).toEqual({ code: 0, problems: "" });
  git(root, "clone", "-q", "--depth", "1", `file://${root}`, join(root, "shallow"));
  expect(check(join(root, "shallow"))).toEqual({ code: 0, problems: "" });
});

test("an addition that bears no date and is no link fails without an approval", () => {
  commit("# Qwen\n\nOld fact.\n\nNew fact.\n", false);
  expect(check()).toMatchObject({ code: 1, problems: expect.stringContaining("approval") });
});

test("an undated addition cannot hide behind a dated note before it", () => {
  const noted = "# Qwen\n\nOld fact.\n\n2026-11-27: tried with vLLM.\n";
  commit(noted, false);
  commit(`${noted}\nIt never errs.\n`, false);
  expect(check()).toMatchObject({ code: 1, problems: expect.stringContaining("needs a date") });
});

test("a strike with a dated replacement fails without an approval and passes with one", () => {
  const struck = "# Qwen\n\n~~Old fact.~~\n2026-11-27: it moved.\nNew fact.\n";
  write(document, struck);
  expect(check()).toMatchObject({ code: 1, problems: expect.stringContaining("no approval is recorded") });
  commit(struck, true);
  expect(check()).toEqual({ code: 0, problems: "" });
});

test("a note that was appended without an approval is history too: changing it fails", () => {
  commit("# Qwen\n\nOld fact.\n\n2026-11-27: tried with vLLM.\n", false);
  commit("# Qwen\n\nOld fact.\n\n2026-11-27: tried with SGLang.\n", false);
  expect(check()).toMatchObject({ code: 1, problems: expect.stringContaining("changed") });
});

test("an approved version that rewrites history fails all the same", () => {
  commit("# Qwen\n\nNew fact.\n", true);
  expect(check()).toMatchObject({ code: 1, problems: expect.stringContaining("changed") });
});

test("an uncommitted change fails too", () => {
  write(document, "# Qwen\n\nEdited.\n");
  expect(check().code).toBe(1);
});

test("a deleted document fails", () => {
  rmSync(join(root, document));
  expect(check()).toMatchObject({ code: 1, problems: expect.stringContaining("deleted") });
});

test("taking an approval back out of the record fails", () => {
  commit("# Qwen\n\nOld fact.\n\nMore.\n", true);
  write("build/documents/approvals.json", JSON.stringify({ approvers: ["owner"], approvals: [] }));
  expect(check()).toMatchObject({ code: 1, problems: expect.stringContaining("approvals stay") });
});

test("a shallow clone passes when all is approved, and still sees an unapproved version", () => {
  commit("# Qwen\n\nOld fact.\n\nMore.\n", true);
  const clone = (name: string) => {
    git(root, "clone", "-q", "--depth", "1", `file://${root}`, join(root, name));
    return join(root, name);
  };
  expect(check(clone("good"))).toEqual({ code: 0, problems: "" });
  commit("# Qwen\n\nOld fact.\n\nMore, and more.\n", false);
  expect(check(clone("bad")).code).toBe(1);
});
