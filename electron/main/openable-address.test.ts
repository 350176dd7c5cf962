import { expect, test } from "vitest";
import { openableAddress } from "./openable-address.ts";

test.each([
  "http://example.org/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/html,x",
  "smb://host/share",
  "ms-msdt:/id",
  "vbscript:x",
  "mailto:a@b.c",
  "app://qwill/index.html",
  "https://user:pass@example.org/",
  "https://user@example.org/",
  "//example.org",
  "",
  `https://example.org/${"x".repeat(2000)}`,
])("never opens %s", (url) => {
  expect(openableAddress(url)).toBeNull();
});

test("shows an address as the browser will read it", () => {
  expect(openableAddress("https://example.org/a?b=c#d")).toBe("https://example.org/a?b=c#d");
  expect(openableAddress("HTTPS://ex\u0430mple.org")).toBe("https://xn--exmple-4nf.org/");
});
