import { writeFile } from "node:fs/promises";
import { dialog, type BrowserWindow } from "electron";

/** Asks the person where a file is to lie and writes it, readable by them alone; false when they did not say. */
export function saveFileWith(
  window: () => BrowserWindow | null,
): (name: string, bytes: Uint8Array) => Promise<boolean> {
  return async (name, bytes) => {
    const owner = window();
    const options = { defaultPath: name };
    const answer = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options));
    if (answer.canceled || answer.filePath === "") return false;
    await writeFile(answer.filePath, bytes, { mode: 0o600 });
    return true;
  };
}
