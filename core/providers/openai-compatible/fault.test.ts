import { describe, expect, test } from "vitest";
import { isFault, readFault, toAppError } from "./fault.ts";
import { byStatusAlone } from "./vendor-traits.ts";

const codeOf = (status: number | null, body: string) =>
  toAppError(readFault(status, body), undefined, byStatusAlone).toFailure();

describe("an error body of any shape", () => {
  test.each([
    [
      "an object",
      '{"error":{"message":"m","type":"t","param":null,"code":"c"}}',
      { code: "c", type: "t", message: "m" },
    ],
    ["a number for a code", '{"error":{"message":"m","type":"BadRequestError","code":400}}', { code: "400" }],
    ["a string", '{"error":"Unauthorized"}', { code: "", message: "Unauthorized" }],
    [
      "flat",
      '{"object":"error","message":"m","type":"t","code":400}',
      { code: "400", type: "t", message: "m" },
    ],
    ["native", '{"code":"Throttling","message":"m","request_id":"r"}', { code: "Throttling", message: "m" }],
    ["a detail", '{"detail":"Invalid API key"}', { message: "Invalid API key" }],
    ["an array", '[{"error":{"message":"m","code":"c"}}]', { code: "c", message: "m" }],
    [
      "wrapped in its own message",
      '{"error":{"message":"{\\"code\\":\\"Arrearage\\",\\"message\\":\\"m\\"}"}}',
      { code: "Arrearage" },
    ],
    ["HTML", "<html>502</html>", { code: "", message: "" }],
    ["nothing", "", { code: "", message: "" }],
    ["a list of details", '{"detail":[{"msg":"field required"}]}', { code: "" }],
    ["null", "null", { code: "" }],
  ])("%s is read", (_name, body, fault) => {
    expect(readFault(400, body)).toMatchObject(fault);
  });

  test("a chunk of an answer is none, and neither is one whose error is null", () => {
    expect(isFault({ choices: [], usage: null })).toBe(false);
    expect(isFault({ choices: [], error: null })).toBe(false);
    expect(isFault({ id: "x", code: "" })).toBe(false);
  });
});

describe("the closed code", () => {
  test.each([
    [400, "{}", "provider-bad-request"],
    [401, "", "provider-auth"],
    [402, "", "provider-billing"],
    [403, "", "provider-permission"],
    [408, "", "provider-timed-out"],
    [413, "<html>", "provider-bad-request"],
    [429, '{"error":"slow down"}', "provider-rate-limited"],
    [500, "", "provider-server"],
    [502, "<html>", "provider-server"],
    [503, '{"error":{"type":"unavailable_error","message":"Loading model","code":503}}', "provider-loading"],
    [503, "", "provider-server"],
    [null, '{"error":{"code":401,"message":"m"}}', "provider-auth"],
    [null, '{"error":"engine died"}', "provider-server"],
  ])("of %s %s is %s", (status, body, code) => {
    expect(codeOf(status, body).code).toBe(code);
  });

  test.each([
    '{"error":{"type":"exceed_context_size_error","code":400,"message":"too long","n_prompt_tokens":9412,"n_ctx":8192}}',
    '{"error":{"type":"BadRequestError","code":400,"message":"This model\'s maximum context length is 8192 tokens. However, you requested 9412."}}',
    '{"object":"error","type":"BadRequestError","code":400,"message":"The input (9412 tokens) is longer than the model\'s context length (8192 tokens)."}',
    '{"error":{"code":"invalid_parameter_error","message":"Range of input length should be [1, 8192]"}}',
  ])("of a prompt that is too long has the window: %s", (body) => {
    expect(codeOf(400, body)).toEqual({ code: "provider-context-overflow", facts: { maxInputTokens: 8192 } });
  });

  test("a missing model is told from a wrong address", () => {
    const model = '{"error":{"type":"NotFoundError","code":404,"message":"The model `x` does not exist."}}';
    expect(codeOf(404, model).facts).toMatchObject({ reason: "model" });
    expect(codeOf(404, '{"detail":"Not Found"}').facts).toMatchObject({ reason: "address" });
    expect(codeOf(404, "<html>").facts).toMatchObject({ reason: "address" });
  });

  test("a server that answers with the key or the text does not bring it into the facts", () => {
    for (const code of ["sk-1234567890abcdef", "Dear Mr Miller, your notice", "AIzaSyABCDEF"])
      expect(codeOf(400, JSON.stringify({ error: { code, message: code } })).facts).toEqual({ status: 400 });
  });
});
