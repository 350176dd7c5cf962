import { existsSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { oneChunk } from "./build/page/one-chunk.ts";
import { prerenderedPages } from "./build/page/prerender-plugin.ts";
import { withoutPackage } from "./build/page/without-package.ts";

const root = import.meta.dirname;
const here = (path: string): string => resolve(root, path);

/** Natives, and packages that load files beside themselves: they stay in node_modules. */
const external = [
  "electron",
  "better-sqlite3-multiple-ciphers",
  "onnxruntime-node",
  "@huggingface/transformers",
  "node-llama-cpp",
  "pdfjs-dist",
];
/** As patterns: electron-vite adds its own list to ours, so a function is not taken. */
const externalPatterns = [/^node:/, ...external.map((name) => new RegExp(`^${name}(/|$)`))];

/** One file per process; the names are what main, the launcher and `qwill` look for. */
const entries = {
  "main/index": here("electron/main/index.ts"),
  "main/worker": here("electron/worker/index.ts"),
  "main/engine": here("electron/engine/index.ts"),
  "main/reader": here("electron/reader/index.ts"),
  "main/counter": here("electron/counter/index.ts"),
  "cli/index": here("electron/cli/index.ts"),
};

export default defineConfig({
  main: {
    build: {
      outDir: here("out"),
      emptyOutDir: false,
      // Electron 33, the oldest runtime that carries the application, is Node 20.18.
      target: "node20.18",
      minify: false,
      sourcemap: true,
      // Dependencies are bundled unless listed above, so that a package needs no node_modules tree for them.
      externalizeDeps: false,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path))),
        external: externalPatterns,
        output: {
          format: "es",
          entryFileNames: "[name].js",
          chunkFileNames: "main/chunks/[name]-[hash].js",
        },
      },
    },
  },
  preload: {
    build: {
      outDir: here("out/preload"),
      // electron-vite takes Node targets only; both mean the same syntax here.
      target: "node20.18",
      minify: false,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: here("electron/preload/index.ts") },
        // A sandboxed preload can only be CommonJS.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: here("renderer"),
    base: "./",
    plugins: [react(), prerenderedPages(here("renderer")), withoutPackage("zod")],
    build: {
      outDir: here("out/renderer"),
      emptyOutDir: true,
      // Half as much to parse before the first painting.
      minify: true,
      target: "chrome130",
      // The content policy refuses data: scripts, and an inlined asset is one more thing to allow.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: here("renderer/index.html"),
        // The page takes lists and types from the contract, never a schema: those fall out, and zod with them.
        treeshake: { manualPureFunctions: ["z"], propertyReadSideEffects: false },
        output: {
          codeSplitting: {
            groups: [
              { ...oneChunk("start", here("renderer/start.ts")), priority: 1 },
              oneChunk("desk", here("renderer/main.tsx")),
            ],
          },
        },
      },
    },
  },
});
