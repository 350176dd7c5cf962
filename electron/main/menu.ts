import { Menu, type MenuItemConstructorOptions } from "electron";
import type { CommandId } from "../../core/contract/app.ts";
import type { MenuRole, NativeTexts } from "./native-texts.ts";

/** The native menu: Electron's roles, and the application's commands by their ids. */
export function menuTemplate(
  words: NativeTexts,
  invoke: (command: CommandId) => void,
  options: { isMac: boolean; hasDeveloperTools: boolean },
): MenuItemConstructorOptions[] {
  const item = (command: CommandId, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label: words.commands[command],
    click: () => invoke(command),
    ...(accelerator !== undefined && { accelerator }),
  });
  const role = (name: MenuRole): MenuItemConstructorOptions => ({ role: name, label: words.roles[name] });
  const separator: MenuItemConstructorOptions = { type: "separator" };
  return [
    ...(options.isMac
      ? [
          {
            role: "appMenu" as const,
            submenu: [
              item("show-about"),
              separator,
              item("go-settings", "Command+,"),
              separator,
              role("services"),
              separator,
              role("hide"),
              role("hideOthers"),
              role("unhide"),
              separator,
              role("quit"),
            ],
          },
        ]
      : []),
    {
      label: words.file,
      submenu: [
        item("new-suggestion", "CommandOrControl+N"),
        separator,
        item("add-files", "CommandOrControl+O"),
        item("add-folder", "CommandOrControl+Shift+O"),
        separator,
        ...(options.isMac ? [] : [item("go-settings", "Control+,"), separator]),
        options.isMac ? role("close") : role("quit"),
      ],
    },
    {
      label: words.edit,
      submenu: [
        role("undo"),
        role("redo"),
        separator,
        role("cut"),
        role("copy"),
        role("paste"),
        role("delete"),
        separator,
        role("selectAll"),
      ],
    },
    {
      label: words.view,
      submenu: [
        // The page itself listens for Ctrl+K and F1, so that they also work where there is no menu.
        item("open-palette"),
        item("toggle-sources"),
        item("toggle-theme"),
        separator,
        role("resetZoom"),
        role("zoomIn"),
        role("zoomOut"),
        role("togglefullscreen"),
        ...(options.hasDeveloperTools ? [separator, role("reload"), role("toggleDevTools")] : []),
      ],
    },
    {
      label: words.go,
      submenu: [
        item("go-suggest", "CommandOrControl+1"),
        item("go-library", "CommandOrControl+2"),
        item("go-privacy", "CommandOrControl+3"),
        item("go-costs", "CommandOrControl+4"),
        item("test-question", "CommandOrControl+T"),
      ],
    },
    {
      label: words.window,
      role: "windowMenu",
      submenu: [
        role("minimize"),
        role("zoom"),
        ...(options.isMac ? [separator, role("front")] : [role("close")]),
      ],
    },
    {
      label: words.help,
      role: "help",
      submenu: [item("show-shortcuts"), ...(options.isMac ? [] : [item("show-about")])],
    },
  ];
}

/** Puts the menu up; called again when the language changes. */
export function setMenu(
  words: NativeTexts,
  invoke: (command: CommandId) => void,
  hasDeveloperTools: boolean,
): void {
  const isMac = process.platform === "darwin";
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, invoke, { isMac, hasDeveloperTools })));
}
