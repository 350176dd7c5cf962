import { expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./content-security-policy.ts";

test("the content policy is the one that was reviewed, letter for letter", () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; " +
      "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types default",
  );
});

test("no header has the page thrown into another process than the window began with", () => {
  // An opener policy would: a start 60 ms longer, and nothing opens this page nor is opened by it.
  expect(Object.keys(securityHeaders).toSorted()).toEqual([
    "cache-control",
    "content-security-policy",
    "cross-origin-resource-policy",
    "referrer-policy",
    "x-content-type-options",
  ]);
});
