import { app, type Session, type WebContents } from "electron";
import { appOrigin } from "../ipc/sender.ts";

/** Everything a page could ask of the machine is refused, in every session. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setUSBProtectedClassesHandler?.(() => []);
  session.setBluetoothPairingHandler?.((_details, answer) => answer({ confirmed: false }));
  session.on("select-serial-port", (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer("");
  });
  session.on("select-hid-device", (event, _details, answer) => {
    event.preventDefault();
    answer(null);
  });
  session.on("select-usb-device", (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on("will-download", (event) => event.preventDefault());
  // The last word on every request of the page, whatever content policy or resolver say.
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwn(details.url) }));
}

/** Applies to every page there will ever be, however it came about. */
export function hardenEveryPage(openExternal: (url: string) => void): void {
  app.on("web-contents-created", (_event, contents) => hardenPage(contents, openExternal));
}

function hardenPage(contents: WebContents, openExternal: (url: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: "deny" };
  });
  contents.on("will-navigate", (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("content-bounds-updated", (event) => event.preventDefault());
  // Some addresses ("about:srcdoc") lead to an error page without asking: the page comes back.
  contents.on("did-fail-load", (_event, _code, _reason, url, isMainFrame) => {
    if (isMainFrame && !isOwnPage(url)) void contents.loadURL(ownPage);
  });
  contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
}

/** Files of the application; devtools are a page of the browser itself. */
function isOwn(url: string): boolean {
  return url.startsWith(`${appOrigin}/`) || url.startsWith("devtools://");
}

/** A reload of the page itself is the only navigation there is. */
function isOwnPage(url: string): boolean {
  return url === ownPage || url.startsWith(`${ownPage}#`);
}
const ownPage = `${appOrigin}/index.html`;
