import { QueryClient } from "@tanstack/react-query";
import { expect, onTestFinished, test } from "vitest";
import type { Bridge } from "../../core/contract/routes.ts";
import { makeFakeBridge } from "../testing/fake-bridge.ts";
import { keepFirstAnswers } from "./first-answers.ts";
import { holdEvents } from "./hold-events.ts";
import { makeIpc } from "./ipc.ts";
import { followEvents } from "./live-queries.ts";
import { routeKey } from "./routes.ts";

test("what main tells while its first answers are on their way is not undone by them", async () => {
  const fake = makeFakeBridge();
  let tell: (payload: unknown) => void = () => undefined;
  const source: Bridge = {
    ...fake,
    on: (name, listener) => {
      if (name === "vault-changed") tell = listener;
      return () => undefined;
    },
    request: async (route, input) => {
      if (route === "vault.status") return { ok: true, value: { state: "opening" } };
      // The library opens after its state was asked, before all that is waited for is there.
      tell({ state: "open" });
      return fake.request(route, input);
    },
  };
  const events = holdEvents(source);
  const ipc = makeIpc(events.bridge);
  const client = new QueryClient();
  const stop = followEvents(ipc, client);
  onTestFinished(() => {
    stop();
    client.clear();
  });
  const { settings } = await keepFirstAnswers(ipc, client, events.release);
  expect(client.getQueryData(routeKey("vault.status"))).toEqual({ state: "open" });
  expect(client.getQueryData(routeKey("settings.get"))).toEqual(settings);
});
