import type { OxlintOverride } from "oxlint";

/**
 * The import arrows of ARCHITECTURE.md as one table. Two override blocks for one rule do not add up
 * (the later replaces the list), so every folder's whole list is generated from here.
 */
interface Room {
  readonly folder: string;
  /** Folders (of the repository root or of core/) whose files may not be imported. */
  readonly closed: readonly string[];
  /** Packages that do not belong into this room. */
  readonly packages?: readonly string[];
  readonly instead: string;
}

const uiPackages = ["react", "react-dom", "@mantine/*", "@tanstack/*", "i18next", "react-i18next"];
const networkModules = [
  "node:http",
  "node:https",
  "node:http2",
  "node:net",
  "node:tls",
  "node:dgram",
  "node:dns",
  "undici",
  "http",
  "https",
  "http2",
  "net",
  "tls",
  "dgram",
  "dns",
];
const core = ["electron", "renderer"];

const rooms: readonly Room[] = [
  {
    folder: "core/contract",
    closed: [...core, "store", "providers", "rag", "safety", "suggest"],
    packages: ["node:*", ...uiPackages, "electron"],
    instead: "The contract imports nothing but zod; move the code to the room that needs it.",
  },
  {
    folder: "core/store",
    closed: [...core, "rag", "providers", "safety", "suggest"],
    packages: [...uiPackages, "electron", ...networkModules],
    instead: "The store knows only the contract; pass what it needs as an argument.",
  },
  {
    folder: "core/providers",
    closed: [...core, "rag", "safety", "suggest", "store"],
    packages: [...uiPackages, "electron", ...networkModules],
    instead: "A provider knows only the contract; fetch and figures are handed in.",
  },
  {
    folder: "core/safety",
    closed: [...core, "rag", "providers", "suggest"],
    packages: [...uiPackages, "electron"],
    instead: "Safety knows the contract and the store's types; pass the rest.",
  },
  {
    folder: "core/rag",
    closed: [...core, "providers", "safety", "suggest"],
    packages: [...uiPackages, "electron", ...networkModules],
    instead: "Retrieval knows the contract and the store; pass the rest.",
  },
  {
    folder: "core/suggest",
    closed: core,
    packages: [...uiPackages, "electron", ...networkModules],
    instead: "suggest.ts takes implementations as arguments; import their types only.",
  },
  {
    folder: "electron",
    closed: ["renderer"],
    packages: [...uiPackages, ...networkModules],
    instead: "The window is reached through IPC; the network through the gate in core/safety.",
  },
  {
    folder: "electron/preload",
    closed: ["renderer", "rag", "store", "providers", "safety", "suggest", "worker", "main", "ipc"],
    packages: [...uiPackages, "node:*"],
    instead: "The preload knows the contract and three functions.",
  },
  {
    folder: "renderer",
    closed: ["electron", "rag", "store", "providers", "safety", "core/suggest"],
    packages: ["node:*", "electron"],
    instead: "The window knows the contract; ask for the rest through renderer/ipc.ts.",
  },
];

const relativeTo = (folder: string) => `^\\.{1,2}/(.*/)?${folder}/`;

/** One complete override block per room; tests may reach further, so they are left out. */
export function arrows(tests: readonly string[]): OxlintOverride[] {
  return rooms.map((room) => ({
    files: [`${room.folder}/**/*.ts`, `${room.folder}/**/*.tsx`],
    excludeFiles: [...tests, ...nestedRooms(room.folder)],
    rules: {
      "eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            ...room.closed.map((folder) => ({ regex: relativeTo(folder), message: room.instead })),
            ...(room.packages?.length ? [{ group: [...room.packages], message: room.instead }] : []),
          ],
        },
      ],
      // Convention 9: the network is reached through the gate, which hands its fetch in.
      "eslint/no-restricted-globals": [
        "error",
        ...["fetch", "WebSocket", "XMLHttpRequest", "EventSource"].map((name) => ({
          name,
          message: "Take the gate's fetch as an argument (core/safety/gate).",
        })),
      ],
    },
  }));
}

function nestedRooms(folder: string): string[] {
  return rooms.filter((room) => room.folder.startsWith(`${folder}/`)).map((room) => `${room.folder}/**`);
}
