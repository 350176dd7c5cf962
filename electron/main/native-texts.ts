import type { CommandId } from "../../core/contract/app.ts";

/** Languages with words for the native parts; the window has its own catalogues. */
export type Language = "en" | "zh-CN";

/** Electron's own menu entries, which it names in English alone. */
export type MenuRole =
  | "undo"
  | "redo"
  | "cut"
  | "copy"
  | "paste"
  | "delete"
  | "selectAll"
  | "resetZoom"
  | "zoomIn"
  | "zoomOut"
  | "togglefullscreen"
  | "reload"
  | "toggleDevTools"
  | "minimize"
  | "zoom"
  | "close"
  | "quit"
  | "services"
  | "hide"
  | "hideOthers"
  | "unhide"
  | "front";

/** Every sentence that main itself shows: menus and native dialogs. */
export interface NativeTexts {
  readonly file: string;
  readonly edit: string;
  readonly view: string;
  readonly go: string;
  readonly window: string;
  readonly help: string;
  readonly commands: Readonly<Record<CommandId, string>>;
  readonly roles: Readonly<Record<MenuRole, string>>;
  readonly openAddress: string;
  readonly open: string;
  readonly cancel: string;
  readonly addFiles: string;
  readonly addFolder: string;
  readonly importModel: string;
  readonly readableFiles: string;
  readonly allFiles: string;
  readonly modelFiles: string;
  readonly quitWhileIndexing: string;
  readonly quitWhileIndexingDetail: string;
  readonly quit: string;
  readonly startFailed: string;
  readonly startFailedDetail: string;
  readonly sampleLibrary: string;
}

const english: NativeTexts = {
  file: "File",
  edit: "Edit",
  view: "View",
  go: "Go",
  window: "Window",
  help: "Help",
  commands: {
    "go-suggest": "Suggest",
    "go-library": "Library",
    "go-privacy": "Privacy",
    "go-costs": "Costs",
    "go-settings": "Settings…",
    "open-palette": "Command Palette…",
    "show-shortcuts": "Keyboard Shortcuts",
    "new-suggestion": "New Suggestion",
    send: "Send",
    cancel: "Cancel",
    "add-files": "Add Files…",
    "add-folder": "Add Folder…",
    "test-question": "Test a Question",
    "toggle-sources": "Show or Hide Sources",
    "toggle-theme": "Switch Light and Dark",
    "show-about": "About Qwill",
  },
  roles: {
    undo: "Undo",
    redo: "Redo",
    cut: "Cut",
    copy: "Copy",
    paste: "Paste",
    delete: "Delete",
    selectAll: "Select All",
    resetZoom: "Actual Size",
    zoomIn: "Zoom In",
    zoomOut: "Zoom Out",
    togglefullscreen: "Full Screen",
    reload: "Reload",
    toggleDevTools: "Developer Tools",
    minimize: "Minimize",
    zoom: "Zoom",
    close: "Close",
    quit: "Quit",
    services: "Services",
    hide: "Hide Qwill",
    hideOthers: "Hide Others",
    unhide: "Show All",
    front: "Bring All to Front",
  },
  openAddress: "Open this address in your browser?",
  open: "Open",
  cancel: "Cancel",
  addFiles: "Add files to the library",
  addFolder: "Add a folder to the library",
  importModel: "Import a model",
  readableFiles: "Documents",
  allFiles: "All files",
  modelFiles: "Model files",
  quitWhileIndexing: "Qwill is still reading your documents.",
  quitWhileIndexingDetail: "Nothing is lost: it goes on where it stopped when you open Qwill again.",
  quit: "Quit",
  startFailed: "Qwill could not start.",
  startFailedDetail:
    "Nothing in your library was changed. See that its data folder can be read and written, then start Qwill again.",
  sampleLibrary: "Sample library",
};

const chinese: NativeTexts = {
  file: "文件",
  edit: "编辑",
  view: "视图",
  go: "前往",
  window: "窗口",
  help: "帮助",
  commands: {
    "go-suggest": "建议",
    "go-library": "文库",
    "go-privacy": "隐私",
    "go-costs": "费用",
    "go-settings": "设置…",
    "open-palette": "命令面板…",
    "show-shortcuts": "键盘快捷键",
    "new-suggestion": "新建议",
    send: "发送",
    cancel: "取消",
    "add-files": "添加文件…",
    "add-folder": "添加文件夹…",
    "test-question": "测试问题",
    "toggle-sources": "显示或隐藏来源",
    "toggle-theme": "切换浅色和深色",
    "show-about": "关于 Qwill",
  },
  roles: {
    undo: "撤销",
    redo: "重做",
    cut: "剪切",
    copy: "复制",
    paste: "粘贴",
    delete: "删除",
    selectAll: "全选",
    resetZoom: "实际大小",
    zoomIn: "放大",
    zoomOut: "缩小",
    togglefullscreen: "全屏",
    reload: "重新加载",
    toggleDevTools: "开发者工具",
    minimize: "最小化",
    zoom: "缩放",
    close: "关闭",
    quit: "退出",
    services: "服务",
    hide: "隐藏 Qwill",
    hideOthers: "隐藏其他",
    unhide: "全部显示",
    front: "全部置于前台",
  },
  openAddress: "要在浏览器中打开这个地址吗？",
  open: "打开",
  cancel: "取消",
  addFiles: "向文库添加文件",
  addFolder: "向文库添加文件夹",
  importModel: "导入模型",
  readableFiles: "文档",
  allFiles: "所有文件",
  modelFiles: "模型文件",
  quitWhileIndexing: "Qwill 仍在读取您的文档。",
  quitWhileIndexingDetail: "不会丢失任何内容：下次打开 Qwill 时会从停下的地方继续。",
  quit: "退出",
  startFailed: "Qwill 无法启动。",
  startFailedDetail: "文库中的内容没有任何更改。请确认其数据文件夹可以读写，然后重新启动 Qwill。",
  sampleLibrary: "示例文库",
};

export const nativeTexts: Readonly<Record<Language, NativeTexts>> = { en: english, "zh-CN": chinese };

/** The language to speak: the one chosen, else the system's where there are words for it, else English. */
export function languageFor(chosen: Language | "system", systemLocale: string): Language {
  if (chosen !== "system") return chosen;
  return /^zh\b/i.test(systemLocale) ? "zh-CN" : "en";
}
