import { defineConfig } from "@playwright/test";

/** The end-to-end tests drive the built application in the real Electron; see e2e/README.md. */
export default defineConfig({
  testDir: "e2e/specs",
  outputDir: "test-results",
  // For a machine that is busy with other things: a promise that holds is seen long before.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  // One window at a time: the tests measure focus, memory and time as a person would see them.
  workers: 1,
  fullyParallel: false,
  // A test that needs a second try on a build machine is told as such, and is a fault to be found.
  retries: process.env["CI"] === undefined ? 0 : 2,
  forbidOnly: process.env["CI"] !== undefined,
  reporter: "list",
});
