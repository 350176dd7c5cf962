import { expect, test } from "vitest";
import type { Bridge } from "../../core/contract/routes.ts";
import { makeFakeBridge } from "../testing/fake-bridge.ts";
import { askAhead } from "./ask-ahead.ts";
import { makeIpc } from "./ipc.ts";

test("what was asked ahead is asked once, and a later question gets the answer of then", async () => {
  const bridge = makeFakeBridge({ pace: 1 });
  const asked: string[] = [];
  const counting: Bridge = {
    ...bridge,
    request(route, input) {
      asked.push(route);
      return bridge.request(route, input);
    },
  };
  const ipc = makeIpc(askAhead(counting, ["settings.get", "app.info"]));
  expect(asked).toEqual(["settings.get", "app.info"]);
  const { theme } = await ipc.call("settings.get");
  expect(asked).toHaveLength(2);
  const next = theme === "dark" ? "light" : "dark";
  await ipc.call("settings.update", { theme: next });
  expect((await ipc.call("settings.get")).theme).toBe(next);
  expect(asked).toEqual(["settings.get", "app.info", "settings.update", "settings.get"]);
});
