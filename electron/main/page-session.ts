import { app, session, type Session } from "electron";
import { serveApp } from "./app-protocol.ts";
import { quietSession } from "./chromium-quiet.ts";
import { hardenSession } from "./hardening.ts";

/** Every session there will ever be, Electron's own among them, is closed and quiet from its making on. Before `ready`. */
export function hardenEverySession(): void {
  app.on("session-created", (made) => {
    hardenSession(made);
    quietSession(made);
  });
}

/** The session of the window's page, which alone is served its files. `front` as in `serveApp`. After `ready`. */
export function makePageSession(folder: string, front: () => string): Session {
  const own = session.fromPartition("qwill", { cache: false });
  serveApp(own, folder, front);
  return own;
}
