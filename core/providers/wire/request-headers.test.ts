import { describe, expect, test } from "vitest";
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
