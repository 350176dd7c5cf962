// @ts-check
// npm start [-- ARGUMENTS]: sets up what is missing, builds what changed, opens the application.
import { ensureBuilt } from "./application-build.mjs";
import { launch } from "./launch.mjs";
import { runMain } from "./run-steps.mjs";
import { setUp } from "./set-up.mjs";

await runMain(async () => {
  await setUp("application");
  await ensureBuilt();
  return launch(process.argv.slice(2));
});
