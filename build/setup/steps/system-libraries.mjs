// @ts-check
import { canInstallPackages, ensurePackages } from "../debian.mjs";
import { SetupError } from "../setup-error.mjs";
import { installCommand, missingLibraries, missingTestTools } from "../system-parts.mjs";

/** The libraries that Electron links to, on Linux. @type {import("../run-steps.mjs").Step} */
export const systemLibrariesStep = {
  name: "System libraries",
  isDone: async () => (await missingLibraries()).length === 0,
  run: async (log) => {
    const missing = await missingLibraries();
    const packages = missing.map((part) => part.debian);
    if (await ensurePackages([...packages, ...(needsDisplay() ? ["xauth"] : [])], log)) return "by apt";
    throw new SetupError(
      `Electron needs ${missing.map((part) => part.name).join(", ")}.`,
      `Install them, then run the same command again: ${installCommand(missing)}`,
    );
  },
};

/** What some end-to-end tests look at the application with. @type {import("../run-steps.mjs").Step} */
export const testToolsStep = {
  name: "Tools of the tests",
  isDone: async () => !canInstallPackages() || (await missingTestTools()).length === 0,
  run: async (log) => {
    const missing = await missingTestTools();
    await ensurePackages(
      missing.map((part) => part.debian),
      log,
    );
    return "by apt";
  },
};

const needsDisplay = () => !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"];
