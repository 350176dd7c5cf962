/* Checks the protected documents against git history and the recorded approvals (CONTRIBUTING.md). */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkHistory, type Approvals, type Version } from "./history.ts";

const root = resolve(process.argv[2] ?? join(import.meta.dirname, "../.."));
const approvalsPath = "build/documents/approvals.json";

const git = (...args: string[]): string =>
  execFileSync("git", ["-C", root, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 2 ** 20,
  });

/** Versions of a file along first parents, oldest first, the working copy last. */
function versionsOf(path: string): Version[] {
  const commits = git("log", "--first-parent", "--format=%H", "--", path)
    .split("\n")
    .filter(Boolean)
    .toReversed();
  const versions = commits.map((commit) => ({ name: commit.slice(0, 10), text: show(commit, path) }));
  return [...versions, { name: "working copy", text: readOr(path) }];
}

function show(commit: string, path: string): string | null {
  try {
    return git("show", `${commit}:${path}`);
  } catch {
    return null; // deleted in that commit
  }
}

function readOr(path: string): string | null {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return null; // deleted in the working copy
  }
}

const approvals = JSON.parse(readFileSync(join(root, approvalsPath), "utf8")) as Approvals;
const earlier = versionsOf(approvalsPath).flatMap((version) =>
  version.text === null ? [] : [JSON.parse(version.text) as Approvals],
);
const problems = checkHistory(approvals, earlier, versionsOf);
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length === 0) {
  const count = new Set(approvals.approvals.map((approval) => approval.document)).size;
  process.stdout.write(`${count} protected document${count === 1 ? "" : "s"}: every version approved.\n`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
