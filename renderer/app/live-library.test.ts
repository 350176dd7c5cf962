import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, onTestFinished, test } from "vitest";
import type { RouteInput, RouteName, RouteOutput } from "../../core/contract/routes.ts";
import type { Ipc } from "./ipc.ts";
import { makeIpc } from "./ipc.ts";
import { makeFakeBridge } from "../testing/fake-bridge.ts";
import { applyLibraryChange } from "./live-library.ts";
import { routeKey } from "./routes.ts";

/** A window with these answers in sight, and every question it asks from then on. */
async function withAnswers(queries: readonly [RouteName, RouteInput<RouteName>][]) {
  const bridge = makeFakeBridge({ library: "sample" });
  const asked: [route: string, input: unknown][] = [];
  const ipc: Ipc = makeIpc({
    ...bridge,
    request: async (route, input) => {
      asked.push([route, input]);
      return bridge.request(route, input);
    },
  });
  const call = ipc.call as (route: RouteName, input: unknown) => Promise<unknown>;
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  onTestFinished(() => client.clear());
  for (const [route, input] of queries) {
    const options = { queryKey: routeKey(route, input), queryFn: async () => call(route, input) };
    onTestFinished(new QueryObserver(client, options).subscribe(() => undefined));
    await client.ensureQueryData(options);
  }
  asked.length = 0;
  return { ipc, client, asked };
}

const list = { limit: 100 };
const listOf = (client: QueryClient) =>
  client.getQueryData<RouteOutput<"library.files">>(routeKey("library.files", list))?.files ?? [];

test("a change that names a file asks for that one row, and the list shows it", async () => {
  const { ipc, client, asked } = await withAnswers([["library.files", list]]);
  const [first, second] = listOf(client);
  client.setQueryData(routeKey("library.files", list), {
    files: [{ ...first, state: "waiting" }, second],
    total: 2,
  });
  await applyLibraryChange(ipc, client, { files: [first?.id ?? 0, 999_999], lists: false });
  expect(asked).toEqual([["library.file-rows", { ids: [first?.id] }]]);
  expect(listOf(client)).toEqual([first, second]);
});

test("a change of a file that nothing shows asks for no row", async () => {
  const { ipc, client, asked } = await withAnswers([
    ["library.files", list],
    ["collections.list", undefined],
  ]);
  await applyLibraryChange(ipc, client, { files: [999_999], lists: false });
  expect(asked.map(([route]) => route)).toEqual(["collections.list"]);
});

test("files that came or went ask for the lists in sight, and a changed state for the lists of a state", async () => {
  const ready = { ...list, state: "ready" as const };
  const { ipc, client, asked } = await withAnswers([
    ["library.files", list],
    ["library.files", ready],
  ]);
  await applyLibraryChange(ipc, client, { files: [999_999], lists: false });
  expect(asked).toEqual([["library.files", ready]]);
  asked.length = 0;
  await applyLibraryChange(ipc, client, { files: [], lists: true });
  expect(asked).toEqual([
    ["library.files", list],
    ["library.files", ready],
  ]);
});

test("an open document is asked for again when its own file changed, and not for another's", async () => {
  const { ipc, client, asked } = await withAnswers([["library.files", list]]);
  const file = listOf(client).find(({ documentId }) => documentId !== null);
  const id = file?.documentId ?? 0;
  const passages = { id, offset: 0, limit: 10 };
  const call = ipc.call as (route: RouteName, input: unknown) => Promise<unknown>;
  for (const [route, input] of [
    ["documents.get", { id }],
    ["documents.passages", passages],
  ] as const) {
    const options = {
      queryKey: routeKey(route, input),
      queryFn: async () => call(route, input),
    };
    onTestFinished(new QueryObserver(client, options).subscribe(() => undefined));
    await client.ensureQueryData(options);
  }
  asked.length = 0;
  await applyLibraryChange(ipc, client, { files: [(file?.id ?? 0) + 1], lists: false });
  expect(asked.filter(([route]) => route.startsWith("documents."))).toEqual([]);
  await applyLibraryChange(ipc, client, { files: [file?.id ?? 0], lists: false });
  expect(asked.map(([route]) => route).filter((route) => route.startsWith("documents."))).toEqual([
    "documents.get",
    "documents.passages",
  ]);
});
