import { join, resolve } from "node:path";
import { openAims } from "../../electron/process/testing/attack-aims.ts";
import { expect, test } from "../fixtures/test.ts";
import { bundleUtility } from "../support/bundle-utility.ts";

const root = resolve(import.meta.dirname, "../..");

test("script in a reader of the window reaches no network, no name server, no program, no thread and no file", async ({
  qwill,
  profile,
}) => {
  const script = await bundleUtility(join(root, "e2e/support/confined-utility.ts"), join(profile, "script"));
  const { aims, harm, close } = await openAims(join(root, "out/main"), process.execPath);
  try {
    const done = await qwill.electron.evaluate(
      ({ utilityProcess }, given) =>
        new Promise<unknown>((resolve_, reject) => {
          const child = utilityProcess.fork(given.script, [], { stdio: "ignore" });
          child.once("message", (message: unknown) => {
            child.kill();
            resolve_(message);
          });
          child.once("exit", (code) => reject(new Error(`it ended with ${code}`)));
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
          child.postMessage(given);
        }),
      { script, aims, reader: join(root, "out/main/reader.js") },
    );
    expect(done).toEqual([]);
    expect(harm()).toEqual([]);
  } finally {
    close();
  }
});

test("a reader unwanted before it was spawned is ended, as every process of the runtime can be", async ({
  qwill,
}) => {
  // What the owner of a process relies on: the runtime itself ends nothing that has no pid yet.
  const facts = await qwill.electron.evaluate(
    ({ utilityProcess }, entry) =>
      new Promise<{ pid: unknown; killed: boolean; spawned: boolean }>((resolve_) => {
        const child = utilityProcess.fork(entry, [], { stdio: "ignore" });
        const early = { pid: child.pid ?? null, killed: child.kill() };
        child.once("spawn", () => {
          child.kill();
          child.once("exit", () => resolve_({ ...early, spawned: true }));
        });
      }),
    join(root, "out/main/reader.js"),
  );
  expect(facts).toEqual({ pid: null, killed: false, spawned: true });
});
