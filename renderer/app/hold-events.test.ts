import { expect, test } from "vitest";
import type { Bridge } from "../../core/contract/routes.ts";
import { makeFakeBridge } from "../testing/fake-bridge.ts";
import { holdEvents } from "./hold-events.ts";

test("what main tells before the window follows it is not lost", () => {
  const main = new Map<string, (payload: unknown) => void>();
  const source: Bridge = {
    ...makeFakeBridge({ pace: 1 }),
    on: (name, listener) => {
      main.set(name, listener);
      return () => undefined;
    },
  };
  const { bridge, release } = holdEvents(source);
  const heard: unknown[] = [];
  main.get("vault-changed")?.({ state: "opening" });
  const stop = bridge.on("vault-changed", (payload) => heard.push(payload));
  bridge.on("models-changed", () => heard.push("models"));
  main.get("models-changed")?.(undefined);
  main.get("vault-changed")?.({ state: "open" });
  expect(heard).toEqual([]);
  release();
  expect(heard).toEqual([{ state: "opening" }, "models", { state: "open" }]);
  stop();
  main.get("vault-changed")?.({ state: "locked" });
  main.get("models-changed")?.(undefined);
  expect(heard.slice(3)).toEqual(["models"]);
});
