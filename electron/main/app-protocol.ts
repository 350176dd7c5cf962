import { lstat, readFile, realpath } from "node:fs/promises";
import { extname, isAbsolute, join, relative, sep } from "node:path";
import { protocol, type Session } from "electron";
import { appOrigin } from "../ipc/sender.ts";
import { securityHeaders } from "./content-security-policy.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Must run before `ready`: the page's scheme is a secure origin of its own. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the window's files, and nothing else, as app://qwill/… to one session. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle("app", async (request) => {
    if (request.method !== "GET") return refuse(405);
    const path = pathFor(request.url, folder);
    if (path === null || !(await isPlainFile(path, folder))) return refuse(404);
    const type = types[extname(path)];
    if (type === undefined) return refuse(404);
    return new Response(new Uint8Array(await readFile(path)), {
      headers: { ...securityHeaders, "content-type": type },
    });
  });
}

/** The file a URL means, or null for anything that is not inside the folder. Does not touch the disk. */
export function pathFor(url: string, folder: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol: scheme, host, pathname } = new URL(url);
  if (`${scheme}//${host}` !== appOrigin) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // A broken escape names no file of ours.
    return null;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return null;
  const path = join(folder, decoded === "/" ? "index.html" : decoded);
  return isInside(path, folder) ? path : null;
}

function isInside(path: string, folder: string): boolean {
  const rest = relative(folder, path);
  return rest !== "" && rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}

/** A regular file reached through no symlink below the folder. */
async function isPlainFile(path: string, folder: string): Promise<boolean> {
  try {
    if (!(await lstat(path)).isFile()) return false;
    const real = await realpath(path);
    return relative(await realpath(folder), real) === relative(folder, path);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG";
}

const refuse = (status: number): Response => new Response(null, { status, headers: { ...securityHeaders } });
