import { BrowserWindow } from "electron";
import { events, type EventName, type EventPayload } from "../../core/contract/routes.ts";
import { channels } from "../preload/channels.ts";

/** Tells every window; the payload is checked like a reply is. */
export function broadcast<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
  const parsed: unknown = events[name].parse(payload);
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.webContents.isDestroyed()) window.webContents.send(channels.event, name, parsed);
  }
}
