import { describe, expect, test } from "vitest";
import { redact } from "./redact.ts";
import { requestHeaders } from "./request-headers.ts";

const config = (
  scheme: "bearer" | "raw" | "header" | "none",
  header?: string,
  headerNames: string[] = [],
) => ({
  auth: { scheme, ...(header !== undefined && { header }) },
  headerNames,
});

describe("the headers of a provider", () => {
  test.each([
    ["bearer", undefined, { authorization: "Bearer k-1" }],
    ["raw", undefined, { authorization: "k-1" }],
    ["header", "X-Gateway-Key", { "x-gateway-key": "k-1" }],
    ["none", undefined, {}],
  ] as const)("%s carry the key so", (scheme, header, expected) => {
    expect(requestHeaders(config(scheme, header), { apiKey: " k-1\n" })).toEqual(expected);
  });

  test("a key pasted with its scheme is not given two", () => {
    expect(requestHeaders(config("bearer"), { apiKey: "Bearer k-1" })).toEqual({
      authorization: "Bearer k-1",
    });
  });

  test("an open server gets no empty authorisation", () => {
    expect(requestHeaders(config("bearer"), {})).toEqual({});
  });

  test("extra headers go out when the settings name them, and cannot take over the connection", () => {
    const headers = { "X-Team": "legal", "X-Other": "no", Host: "elsewhere.example", "Content-Length": "0" };
    expect(
      requestHeaders(config("none", undefined, ["x-team", "host", "content-length"]), { headers }),
    ).toEqual({
      "x-team": "legal",
    });
  });

  test.each(["key with space", "„key“", "k\r\nx-evil: 1", "钥匙"])(
    "the key %j is refused before a call",
    (apiKey) => {
      expect(() => requestHeaders(config("bearer"), { apiKey })).toThrow(
        expect.objectContaining({ code: "provider-auth", facts: { reason: "key-characters" } }),
      );
    },
  );

  test.each([
    ["x-bad", "a\r\nx-evil: 1"],
    ["x bad", "a"],
  ])("the header %j is refused before a call", (name, value) => {
    expect(() => requestHeaders(config("none", undefined, [name]), { headers: { [name]: value } })).toThrow(
      expect.objectContaining({ code: "provider-not-configured" }),
    );
  });
});

test("no key of any known shape stands in a redacted text", () => {
  const text =
    'Authorization: Bearer abc.def-123 {"x-goog-api-key":"AIzaSyA-1234567890"} sk-sp-0123456789 house-secret';
  const clean = redact(text, ["house-secret"]);
  for (const secret of ["abc.def-123", "AIzaSyA", "sk-sp-0123456789", "house-secret"])
    expect(clean).not.toContain(secret);
});
