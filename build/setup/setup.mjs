// @ts-check
// npm run setup [-- --with-test-models]: only set-up.
import { runMain } from "./run-steps.mjs";
import { setUp } from "./set-up.mjs";

await runMain(async () => {
  const timings = await setUp(process.argv.includes("--with-test-models") ? "tests" : "application");
  process.stderr.write(timings.length === 0 ? "Everything is set up.\n" : "Set-up is complete.\n");
  return 0;
});
