import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const mark = "QWILL_IN_NAMESPACE";
const enter = 'ip link set lo up && exec "$0" "$@"';

/** True in a run that stands in a network namespace of its own, with nothing but loopback. */
export const isInNamespace = process.env[mark] === "1";

/** Whether this machine lets us make one: Linux, as root, with iproute2. */
export function canMakeNamespace(): boolean {
  return (
    process.platform === "linux" && spawnSync("unshare", ["--net", "sh", "-c", enter, "true"]).status === 0
  );
}

/** Runs one spec file in a network namespace of its own; its exit code and what it printed. */
export function runInNamespace(
  spec: string,
  outputFolder: string,
): Promise<{ code: number | null; output: string }> {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json")),
    "cli.js",
  );
  const test = [cli, "test", spec, "--reporter=list", `--output=${outputFolder}`];
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PLAYWRIGHT|PW_|TEST_)/.test(name));
  return new Promise((resolve, reject) => {
    const child = spawn("unshare", ["--net", "sh", "-c", enter, process.execPath, ...test], {
      env: { ...Object.fromEntries(inherited), [mark]: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (part: Buffer) => (output += part.toString()));
    child.stderr.on("data", (part: Buffer) => (output += part.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
