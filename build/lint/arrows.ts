import type { OxlintOverride } from "oxlint";

/**
 * The import arrows of ARCHITECTURE.md as one table. Two override blocks for one rule do not add up
 * (the later replaces the list), so every folder's whole list is generated from here.
 */
interface Room {
  readonly folder: string;
  /** Folders (of the repository root or of core/) whose files may not be imported. */
  readonly closed: readonly string[];
  /** Folders of which only types may be imported; as in `closed`. */
  readonly typesOnly?: readonly string[];
  /** Files (as regular expressions over the import) that may not be imported: those that lie in no room. */
  readonly closedFiles?: readonly string[];
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
/** Entries of processes; main may name the surfaces (types) of the processes it starts. */
const closedTo = {
  main: ["cli"],
  worker: ["main", "cli", "engine", "reader", "counter"],
  engine: ["main", "cli", "worker", "reader", "counter"],
  reader: ["main", "cli", "worker", "engine", "counter"],
  counter: ["main", "cli", "worker", "engine", "reader"],
  cli: ["main", "worker", "engine", "reader", "counter", "ipc"],
};
const core = ["electron", "renderer"];
/** Every room of core; a room is closed to all of them but those it lists. */
const coreRooms = ["store", "models", "providers", "rag", "safety", "tiers", "suggest", "compose"];
const ragRooms = ["readers", "library", "embedding", "search", "index"];
const allBut = (all: readonly string[], ...open: readonly string[]): string[] =>
  all.filter((one) => !open.includes(one));
const inCore = (...open: readonly string[]): string[] => [...core, ...allBut(coreRooms, ...open)];
/** What the window has of the rest of the application is its contract. */
const outsideWindow = [
  "electron",
  "rag",
  "store",
  "providers",
  "safety",
  "core/suggest",
  "core/tiers",
  "core/models",
  "compose",
];
/** The files that put the window together out of its screens. */
const windowRoot = ["^(\\.\\./)+[^/]+\\.tsx?$"];
const noNetwork = [...uiPackages, "electron", ...networkModules];

const rooms: readonly Room[] = [
  {
    folder: "core/contract",
    closed: inCore(),
    packages: ["node:*", ...uiPackages, "electron"],
    instead: "The contract imports nothing but zod; move the code to the room that needs it.",
  },
  {
    folder: "core/store",
    closed: inCore("store"),
    packages: noNetwork,
    instead: "The store knows only the contract; pass what it needs as an argument.",
  },
  {
    folder: "core/models",
    closed: inCore("store", "models"),
    packages: noNetwork,
    instead: "Model files know the contract and safe writing in the store; fetch and settings are handed in.",
  },
  {
    folder: "core/providers",
    closed: inCore("providers"),
    packages: noNetwork,
    instead: "A provider knows only the contract; fetch and figures are handed in.",
  },
  {
    folder: "core/safety",
    closed: inCore("safety"),
    packages: noNetwork,
    instead: "Safety knows the contract, and only its gate the network; pass the rest.",
  },
  {
    folder: "core/safety/gate",
    closed: inCore("safety"),
    packages: [...uiPackages, "electron"],
    instead: "The gate knows the contract and the seals; pass the rest.",
  },
  {
    folder: "core/tiers",
    closed: inCore("tiers", "providers", "safety", "store", "suggest"),
    typesOnly: ["suggest"],
    packages: noNetwork,
    instead: "Tiers know providers, safety, the store, and types of suggest; pass the rest.",
  },
  {
    folder: "core/rag",
    closed: inCore("rag", "store", "models"),
    packages: noNetwork,
    instead: "Retrieval knows the contract, the store and the catalogue of models; pass the rest.",
  },
  {
    folder: "core/rag/readers",
    closed: [...inCore(), ...allBut(ragRooms, "readers")],
    packages: noNetwork,
    instead: "A reader turns a file into text and places, and knows nothing of what becomes of them.",
  },
  {
    folder: "core/rag/embedding",
    closed: [...inCore("models"), ...allBut(ragRooms, "embedding")],
    packages: noNetwork,
    instead: "An embedder turns texts into vectors and knows neither library nor index.",
  },
  {
    folder: "core/rag/index",
    closed: [...inCore("store"), ...allBut(ragRooms, "index")],
    packages: noNetwork,
    instead: "An index holds vectors and words and knows neither where they come from nor who asks.",
  },
  {
    folder: "core/rag/search",
    closed: [...inCore("store"), ...allBut(ragRooms, "search", "embedding", "index")],
    packages: noNetwork,
    instead: "Search asks the index, the embedder and the store; the library is above it.",
  },
  {
    folder: "core/suggest",
    closed: [...core, "compose"],
    typesOnly: ["store", "models", "providers", "rag", "tiers"],
    packages: noNetwork,
    instead: "suggest.ts takes implementations as arguments; import their types only.",
  },
  {
    folder: "core/compose",
    closed: core,
    packages: noNetwork,
    instead:
      "Compose names the implementations of core; what differs between window and command is handed in.",
  },
  {
    folder: "electron",
    closed: ["renderer"],
    packages: [...uiPackages, ...networkModules],
    instead: "The window is reached through IPC; the network through the gate in core/safety.",
  },
  ...["main", "worker", "engine", "reader", "counter", "cli"].map((entry) => ({
    folder: `electron/${entry}`,
    closed: ["renderer", ...closedTo[entry as keyof typeof closedTo]],
    packages: [...uiPackages, ...networkModules],
    instead: "What two processes of ours share stands in electron/process, or in core/compose.",
  })),
  {
    folder: "electron/process",
    closed: ["renderer", "main", "worker", "engine", "reader", "counter", "cli", "ipc"],
    packages: [...uiPackages, ...networkModules],
    instead: "electron/process holds what our processes share, and knows none of them.",
  },
  {
    folder: "electron/preload",
    closed: [
      "renderer",
      "rag",
      "store",
      "providers",
      "safety",
      "suggest",
      "tiers",
      "models",
      "worker",
      "main",
      "ipc",
    ],
    packages: [...uiPackages, "node:*"],
    instead: "The preload knows the contract and three functions.",
  },
  {
    folder: "renderer",
    closed: outsideWindow,
    packages: ["node:*", "electron"],
    instead: "The window knows the contract; ask for the rest through renderer/app/ipc.ts.",
  },
  {
    folder: "renderer/ui",
    closed: [...outsideWindow, "app", "features"],
    closedFiles: windowRoot,
    packages: ["node:*", "electron"],
    instead: "A part of the surface gets what it shows; what asks for data stands in renderer/app.",
  },
  {
    folder: "renderer/app",
    closed: [...outsideWindow, "features"],
    closedFiles: windowRoot,
    packages: ["node:*", "electron"],
    instead: "What screens share knows no screen; the files above renderer/app bring them together.",
  },
  {
    folder: "renderer/features",
    closed: outsideWindow,
    closedFiles: ["^\\.\\./\\.\\./[^/]+\\.tsx?$"],
    packages: ["node:*", "electron"],
    instead: "A screen knows the contract, renderer/app and renderer/ui.",
  },
];

const relativeTo = (folder: string) => `^\\.{1,2}/(.*/)?${folder}/`;

const inStore = "Every line of SQL stands in core/store: add a function beside the queries of its tables.";
const statements = { regex: "/store/handle\\.ts$", importNames: ["reading", "writing"], message: inStore };
/** A database is called `db`, or is the `db` of something. */
const handles = [
  { property: "pragma", message: inStore },
  { object: "db", property: "prepare", message: inStore },
  { object: "db", property: "exec", message: inStore },
];

/** Convention 9: the network is reached through the gate, which hands its fetch in. */
const globals = ["fetch", "WebSocket", "XMLHttpRequest", "EventSource"].map((name) => ({
  name,
  message: "Take the gate's fetch as an argument (core/safety/gate).",
}));

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
            ...[...room.closed.map(relativeTo), ...(room.closedFiles ?? [])].map((regex) => ({
              regex,
              message: room.instead,
            })),
            ...(room.typesOnly ?? []).map((folder) => ({
              regex: relativeTo(folder),
              allowTypeImports: true,
              message: room.instead,
            })),
            ...(room.packages?.length ? [{ group: [...room.packages], message: room.instead }] : []),
            ...(room.folder === "core/store" ? [] : [statements]),
          ],
        },
      ],
      "eslint/no-restricted-properties": [
        "error",
        ...(room.folder === "core/store" ? [] : handles),
        ...globals.flatMap(({ name: property, message }) =>
          ["globalThis", "global", "window", "self"].map((object) => ({ object, property, message })),
        ),
      ],
      "eslint/no-restricted-globals": ["error", ...globals],
    },
  }));
}

function nestedRooms(folder: string): string[] {
  return rooms.filter((room) => room.folder.startsWith(`${folder}/`)).map((room) => `${room.folder}/**`);
}
