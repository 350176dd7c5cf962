import { expect, test } from "vitest";
import type { Alert } from "../../core/contract/app.ts";
import { makeAlerts } from "./alerts.ts";

test("an alert stands until it is closed, once however often it comes, with its last path", () => {
  const told: Alert[][] = [];
  const alerts = makeAlerts((list) => told.push(list));
  alerts.add("library-rolled-back");
  alerts.add("settings-set-aside", "/old");
  alerts.add("settings-set-aside", "/new");
  expect(alerts.list()).toEqual([
    { kind: "library-rolled-back" },
    { kind: "settings-set-aside", path: "/new" },
  ]);
  expect(told.at(-1)).toEqual(alerts.list());
  alerts.dismiss("library-rolled-back");
  expect(told.at(-1)).toEqual([{ kind: "settings-set-aside", path: "/new" }]);
});

test("closing an alert that is gone already tells nobody", () => {
  let told = 0;
  const alerts = makeAlerts(() => (told += 1));
  alerts.dismiss("disk-full");
  expect(told).toBe(0);
});
