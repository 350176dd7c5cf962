import { expect, test } from "vitest";
import { baseAddress, besideVersion } from "./base-address.ts";

test.each([
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000/v1"],
  ["http://127.0.0.1:8000/", "http://127.0.0.1:8000/v1"],
  ["http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"],
  [" http://127.0.0.1:8000/v1/ ", "http://127.0.0.1:8000/v1"],
  ["https://gate.example/llm/v1/chat/completions", "https://gate.example/llm/v1"],
  ["https://gate.example/llm/v1/models?x=1#y", "https://gate.example/llm/v1"],
  ["https://gw.example/api/predict/qwen", "https://gw.example/api/predict/qwen/v1"],
  ["https://dashscope.aliyuncs.com/compatible-mode/v1", "https://dashscope.aliyuncs.com/compatible-mode/v1"],
  ["https://example.com/v1beta", "https://example.com/v1beta"],
])("%s is read as %s", (given, base) => {
  expect(baseAddress(given)).toBe(base);
});

test.each(["", "localhost", "not an address"])("%j is told to be none", (given) => {
  expect(() => baseAddress(given)).toThrow(expect.objectContaining({ code: "provider-bad-request" }));
});

test("health stands beside the version, prefix and all", () => {
  expect(besideVersion("https://gate.example/llm/v1", "/health")).toBe("https://gate.example/llm/health");
});
