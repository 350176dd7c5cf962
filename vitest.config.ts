import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "core/**/*.test.ts",
      "electron/**/*.test.ts",
      "renderer/**/*.test.{ts,tsx}",
      "build/**/*.test.ts",
      "e2e/fakes/**/*.test.ts",
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real SQLite, real models, real processes: two workers are what the smallest machine carries.
    maxWorkers: 2,
  },
});
