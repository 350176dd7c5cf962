import { join } from "node:path";
import { build } from "vite";

/** Builds an entry for a utility process of the application's runtime; its path. */
export async function bundleUtility(entry: string, folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: "node20.18",
      rollupOptions: { output: { format: "es", entryFileNames: "utility.mjs" } },
    },
  });
  return join(folder, "utility.mjs");
}
