import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { needsNoSandbox, readElectronRuntime } from "../../build/setup/electron-runtime.mjs";

const page = "data:text/html,<h1>Empty</h1>";
const main = `
const { app, BrowserWindow } = require("electron");
app.whenReady().then(() => new BrowserWindow({ width: 1200, height: 800 }).loadURL(${JSON.stringify(page)}));
app.on("window-all-closed", () => app.quit());
`;

/** How to launch the same runtime with nothing in it but one window: a hard-linked copy with its own app. */
export function emptyWindowCommand(folder: string): { executablePath: string; args: string[] } {
  const runtime = readElectronRuntime();
  if (runtime === undefined) throw new Error("No Electron runtime: npm run setup");
  rmSync(folder, { recursive: true, force: true });
  linkTree(dirname(runtime.path), folder);
  const app = join(folder, "resources", "app");
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "empty", main: "main.cjs" }));
  writeFileSync(join(app, "main.cjs"), main);
  return {
    executablePath: join(folder, basename(runtime.path)),
    args: needsNoSandbox() ? ["--no-sandbox"] : [],
  };
}

/** The same files under another folder, without a copy of their bytes; the application itself is left out. */
function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isFile() && !existsSync(target)) linkSync(source, target);
  }
}
