import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "core/**/*.test.ts",
      "electron/**/*.test.ts",
      "renderer/**/*.test.{ts,tsx}",
      "build/**/*.test.ts",
      "e2e/**/*.test.ts",
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // pdf.js drops promises of damaged pages; the reader process lets them go as well (electron/reader).
    onUnhandledError: (error) => !/^XRef(Entry|Parse)Exception$/.test(error.name ?? ""),
    // Real SQLite, real models, real processes: two workers are what the smallest machine carries.
    maxWorkers: 2,
  },
});
