import { expect } from "../fixtures/test.ts";
import type { Page } from "@playwright/test";
import type { RouteInput, RouteName, RouteOutput, Reply } from "../../core/contract/routes.ts";

/** Asks a route as the page does, and returns its value; fails the test where the route fails. */
export async function ask<Name extends RouteName>(
  page: Page,
  route: Name,
  input: RouteInput<Name>,
): Promise<RouteOutput<Name>> {
  const reply = (await page.evaluate(async ([name, value]) => window.qwill.request(name, value), [
    route,
    input,
  ] as const)) as Reply<RouteOutput<Name>>;
  expect(reply, route).toMatchObject({ ok: true });
  if (!reply.ok) throw new Error(reply.failure.code);
  return reply.value;
}
