import { dialog, shell, type BrowserWindow } from "electron";
import { openableAddress } from "./openable-address.ts";
import type { NativeTexts } from "./native-texts.ts";

/** Asks with the whole address, then hands it to the system's browser. Resolves to whether it did. */
export async function openExternal(
  url: string,
  window: BrowserWindow | null,
  words: NativeTexts,
): Promise<boolean> {
  const address = openableAddress(url);
  if (address === null) return false;
  const options = {
    type: "question" as const,
    message: words.openAddress,
    detail: address,
    buttons: [words.cancel, words.open],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const answer = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  if (answer.response !== 1) return false;
  await shell.openExternal(address);
  return true;
}
