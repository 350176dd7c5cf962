import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.ts";

test("the content policy is the one that was reviewed, letter for letter", () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; " +
      "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types default",
  );
});
