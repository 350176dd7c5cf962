/** What the router must know of whoever sent a message; a page cannot forge it. */
export interface Sender {
  readonly isTopFrame: boolean;
  /** The frame's URL as the browser knows it; null once the frame is gone. */
  readonly url: string | null;
}

/** The one place the window's page comes from. */
export const appOrigin = "app://qwill";

/** True for the top frame of our own page, and for nothing else. */
export function isTrusted(sender: Sender): boolean {
  if (!sender.isTopFrame || sender.url === null) return false;
  // URL.origin is "null" for a scheme it does not know, so the parts are compared.
  if (!URL.canParse(sender.url)) return false;
  const { protocol, host, username, port } = new URL(sender.url);
  return `${protocol}//${host}` === appOrigin && username === "" && port === "";
}
