// @ts-check
// npm run setup [-- --with-test-models]: set-up and build, so that `npx qwill` answers; opens nothing.
import { ensureBuilt } from "./application-build.mjs";
import { runMain } from "./run-steps.mjs";
import { setUp } from "./set-up.mjs";

await runMain(async () => {
  const timings = await setUp(process.argv.includes("--with-test-models") ? "tests" : "application");
  await ensureBuilt();
  process.stderr.write(timings.length === 0 ? "Everything is set up.\n" : "Set-up is complete.\n");
  return 0;
});
