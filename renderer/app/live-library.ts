import type { Query, QueryClient } from "@tanstack/react-query";
import type { DocumentHead } from "../../core/contract/documents.ts";
import type { LibraryChange } from "../../core/contract/library-change.ts";
import type { RouteInput, RouteName, RouteOutput } from "../../core/contract/routes.ts";
import type { Ipc } from "./ipc.ts";
import { routeKey } from "./routes.ts";

type FileList = RouteOutput<"library.files">;

/** What counts files, and costs the library next to nothing. */
const counting: readonly RouteName[] = ["collections.list", "library.folders"];
const ofDocuments: readonly RouteName[] = ["documents.get", "documents.list", "documents.passages"];

/** Every answer about the library is asked for anew where it is in sight. */
export function askLibraryAgain(client: QueryClient): void {
  for (const name of [...counting, "library.files" as const, ...ofDocuments])
    void client.invalidateQueries({ queryKey: routeKey(name) });
}

/**
 * Brings cached answers up to a change: files that are named change in the rows that show them; only where
 * files came, went or may have changed their place are lists asked again.
 */
export async function applyLibraryChange(
  ipc: Ipc,
  client: QueryClient,
  change: LibraryChange,
): Promise<void> {
  if (change.lists) return askLibraryAgain(client);
  for (const name of counting) void client.invalidateQueries({ queryKey: routeKey(name) });
  const named = new Set(change.files);
  if (named.size === 0) return;
  // What a filter by state shows depends on the very thing that changed.
  void client.invalidateQueries({ predicate: (query) => listInputOf(query)?.state !== undefined });
  void client.invalidateQueries({ predicate: (query) => isOfFile(client, query, named) });
  const shown = shownFiles(client).filter((id) => named.has(id));
  if (shown.length === 0) return;
  const rows = await ipc.call("library.file-rows", { ids: shown });
  const byId = new Map(rows.map((row) => [row.id, row]));
  client.setQueriesData<FileList>({ queryKey: routeKey("library.files") }, (list) =>
    list?.files.some(({ id }) => byId.has(id))
      ? { ...list, files: list.files.map((file) => byId.get(file.id) ?? file) }
      : list,
  );
}

function listInputOf({ queryKey }: Query): RouteInput<"library.files"> | undefined {
  return queryKey[0] === "library.files" ? (queryKey[1] as RouteInput<"library.files">) : undefined;
}

/** The files of all cached pages, each once. */
function shownFiles(client: QueryClient): number[] {
  const lists = client.getQueriesData<FileList>({ queryKey: routeKey("library.files") });
  return [...new Set(lists.flatMap(([, list]) => list?.files.map(({ id }) => id) ?? []))];
}

/** True for an answer about a document of one of these files, also where its file is not known. */
function isOfFile(client: QueryClient, { queryKey, state }: Query, files: ReadonlySet<number>): boolean {
  const [route, input] = queryKey;
  if (route === "documents.list") return files.has(input as number);
  const head =
    route === "documents.get"
      ? (state.data as DocumentHead | undefined)
      : route === "documents.passages"
        ? client.getQueryData<DocumentHead>(
            routeKey("documents.get", { id: (input as RouteInput<"documents.passages">).id }),
          )
        : null;
  return head !== null && (head === undefined || files.has(head.fileId));
}
