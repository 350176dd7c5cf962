// @ts-check
import { existsSync } from "node:fs";
import { findProgram, runCommand } from "./command.mjs";

/** @typedef {{ name: string, debian: string, fedora: string, arch: string, suse: string }} Part */

/** @type {(Part & { file: string })[]} */
const libraries = [
  {
    file: "libgtk-3.so.0",
    name: "GTK 3",
    debian: "libgtk-3-0t64|libgtk-3-0",
    fedora: "gtk3",
    arch: "gtk3",
    suse: "libgtk-3-0",
  },
  { file: "libnss3.so", name: "NSS", debian: "libnss3", fedora: "nss", arch: "nss", suse: "mozilla-nss" },
  {
    file: "libasound.so.2",
    name: "ALSA",
    debian: "libasound2t64|libasound2",
    fedora: "alsa-lib",
    arch: "alsa-lib",
    suse: "libasound2",
  },
  {
    file: "libgbm.so.1",
    name: "GBM",
    debian: "libgbm1",
    fedora: "mesa-libgbm",
    arch: "mesa",
    suse: "libgbm1",
  },
];

/** @type {Part} */
const xvfb = {
  name: "Xvfb",
  debian: "xvfb",
  fedora: "xorg-x11-server-Xvfb",
  arch: "xorg-server-xvfb",
  suse: "xorg-x11-server-Xvfb",
};

/** @type {(Part & { program: string })[]} */
const testTools = [
  { program: "strace", name: "strace", debian: "strace", fedora: "strace", arch: "strace", suse: "strace" },
  {
    program: "ip",
    name: "iproute2",
    debian: "iproute2",
    fedora: "iproute",
    arch: "iproute2",
    suse: "iproute2",
  },
];

/** @type {Part} */
const chineseFont = {
  name: "a Chinese font",
  debian: "fonts-noto-cjk",
  fedora: "google-noto-sans-cjk-fonts",
  arch: "noto-fonts-cjk",
  suse: "noto-sans-cjk-fonts",
};

/** What Electron needs and this Linux lacks; Xvfb among it where there is no display. @returns {Promise<Part[]>} */
export async function missingLibraries() {
  if (process.platform !== "linux") return [];
  const known = await knownLibraries();
  // Without a list to look into nothing can be said: Electron itself will tell.
  const missing = known === undefined ? [] : libraries.filter(({ file }) => !known.includes(file));
  const hasDisplay = Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
  return hasDisplay || findProgram("Xvfb") !== undefined ? missing : [...missing, xvfb];
}

/** What the tests look with and this Linux lacks. @returns {Promise<Part[]>} */
export async function missingTestTools() {
  if (process.platform !== "linux") return [];
  /** @type {Part[]} */
  const missing = testTools.filter(({ program }) => findProgram(program) === undefined);
  if (findProgram("Xvfb") === undefined) missing.push(xvfb);
  const fonts = await runCommand("fc-list", [":lang=zh-cn", "family"]);
  return fonts.output.trim() === "" || fonts.code !== 0 ? [...missing, chineseFont] : missing;
}

/**
 * The one command that installs the parts, in the words of this Linux.
 * @param {Part[]} parts
 * @param {(program: string) => boolean} [has]
 */
export function installCommand(parts, has = (program) => findProgram(program) !== undefined) {
  const names = (/** @type {"debian" | "fedora" | "arch" | "suse"} */ distribution) =>
    parts.map((part) => part[distribution].split("|").at(-1)).join(" ");
  if (has("apt-get")) return `sudo apt-get install ${names("debian")}`;
  if (has("dnf")) return `sudo dnf install ${names("fedora")}`;
  if (has("pacman")) return `sudo pacman -S ${names("arch")}`;
  if (has("zypper")) return `sudo zypper install ${names("suse")}`;
  return `your package manager's names for ${parts.map((part) => part.name).join(", ")}`;
}

async function knownLibraries() {
  const program = ["/sbin/ldconfig", "/usr/sbin/ldconfig"].find((path) => existsSync(path));
  if (program === undefined) return undefined;
  const outcome = await runCommand(program, ["-p"]);
  return outcome.code === 0 ? outcome.output : undefined;
}
