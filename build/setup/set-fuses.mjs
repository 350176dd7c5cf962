// @ts-check
// node set-fuses.mjs EXECUTABLE: runs in the tools' Node, which @electron/fuses asks for.
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";

const executable = process.argv[2];
if (executable === undefined) throw new Error("set-fuses.mjs EXECUTABLE");
await flipFuses(executable, {
  version: FuseVersion.V1,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Playwright attaches through the inspector.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
});
