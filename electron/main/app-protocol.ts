import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { protocol, type Session } from "electron";
import { isPlainFile, pathFor } from "./app-files.ts";
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

/** Serves the window's files, and nothing else, as app://qwill/… to one session. `front`: the file that its page is now. */
export function serveApp(session: Session, folder: string, front: () => string): void {
  session.protocol.handle("app", async (request) => {
    if (request.method !== "GET") return refuse(405);
    const asked = pathFor(request.url, folder);
    const path = asked === join(folder, "index.html") ? join(folder, front()) : asked;
    if (path === null || !(await isPlainFile(path, folder))) return refuse(404);
    const type = types[extname(path)];
    if (type === undefined) return refuse(404);
    return new Response(new Uint8Array(await readFile(path)), {
      headers: { ...securityHeaders, "content-type": type },
    });
  });
}

const refuse = (status: number): Response => new Response(null, { status, headers: { ...securityHeaders } });
