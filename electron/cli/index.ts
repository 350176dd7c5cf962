#!/usr/bin/env node
import { refuseNetwork } from "../process/no-network.ts";
import { programPlaces } from "./places.ts";
import { run } from "./program.ts";

// Until a provider is asked for, this program has no business on any network.
const openNetwork = refuseNetwork();

const controller = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => controller.abort());
// A reader that left (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  controller.abort();
});

process.exitCode = await run(process.argv.slice(2), {
  places: programPlaces(import.meta.dirname),
  environment: process.env,
  out: process.stdout,
  err: process.stderr,
  signal: controller.signal,
  openNetwork,
});
