import { describe, expect, test } from "vitest";
import { qwenRegions } from "../../contract/providers.ts";
import { readFault, toAppError } from "../openai-compatible/fault.ts";
import { classifyQwenFault } from "./classify-fault.ts";
import { qwenAddress, qwenHosts } from "./hosts.ts";
import { limitsOf, outputLimitFieldOf, thinkingGroupOf } from "./models.ts";

describe("hosts", () => {
  test("every region names where inference may run, its usual place first", () => {
    for (const region of qwenRegions) expect(qwenHosts[region].scopes.length).toBeGreaterThan(0);
    expect(qwenHosts.frankfurt.scopes).toEqual(expect.arrayContaining(["global", "eu"]));
  });

  test.each([
    ["beijing", undefined, "https://dashscope.aliyuncs.com/compatible-mode/v1"],
    ["singapore", undefined, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"],
    ["virginia", undefined, "https://dashscope-us.aliyuncs.com/compatible-mode/v1"],
    ["hong-kong", undefined, "https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1"],
    ["beijing", "ws1", "https://ws1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1"],
    ["singapore", "ws1", "https://ws1.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1"],
    ["virginia", "ws1", "https://ws1.us-east-1.maas.aliyuncs.com/compatible-mode/v1"],
    ["hong-kong", "ws1", "https://ws1.cn-hongkong.maas.aliyuncs.com/compatible-mode/v1"],
    ["frankfurt", "ws1", "https://ws1.eu-central-1.maas.aliyuncs.com/compatible-mode/v1"],
    ["tokyo", "WS-1", "https://ws-1.ap-northeast-1.maas.aliyuncs.com/compatible-mode/v1"],
    ["beijing", "trial", "https://trial.cn-beijing.maas.aliyuncs.com/compatible-mode/v1"],
  ] as const)("%s with workspace %s is %s", (region, workspace, address) => {
    expect(qwenAddress(region, workspace)).toBe(address);
  });

  test.each(["frankfurt", "tokyo"] as const)("%s asks for a workspace", (region) => {
    expect(() => qwenAddress(region, undefined)).toThrow(
      expect.objectContaining({ facts: { reason: "workspace-needed", region } }),
    );
  });

  test.each(["evil.example/", "a.b", "a@b", "-a", "a b", "a:1", "a#"])("%j is no workspace", (workspace) => {
    expect(() => qwenAddress("beijing", workspace)).toThrow(
      expect.objectContaining({ code: "provider-not-configured" }),
    );
  });
});

describe("models", () => {
  test.each([
    ["qwen3.8-max", "on"],
    ["qwen3.8-27b", "on"],
    ["qwen3.5-plus", "on"],
    ["qwen3-32b", "on"],
    ["qwen3-max", "off"],
    ["qwen-plus-us", "off"],
    ["qwen-turbo", "off"],
    ["qwen3.8-2.4t-a95b", "always"],
    ["qwen3.7-max-preview", "always"],
    ["qwq-plus", "always"],
    ["qwen3-235b-a22b-thinking-2507", "always"],
    ["qwen3-235b-a22b-instruct-2507", "never"],
    ["qwen2.5-72b-instruct", "never"],
    ["house-style-v1", "unknown"],
  ])("%s thinks: %s", (model, group) => {
    expect(thinkingGroupOf(model)).toBe(group);
  });

  test("a dated snapshot has the limits of its model, a sibling has not", () => {
    expect(limitsOf("qwen3.8-max-0902")?.id).toBe("qwen3.8-max-0902");
    expect(limitsOf("qwen-plus-2026-05-26")?.maxOutputTokens).toBe(32_768);
    expect(limitsOf("qwen-plus-character")).toBeUndefined();
    expect(outputLimitFieldOf("qwen3.5-flash")).toBe("max_completion_tokens");
    expect(outputLimitFieldOf("qwen3-8b")).toBe("max_tokens");
  });
});

/** Every row of Model Studio's error page, in both spellings. */
const table: readonly (readonly [status: number, code: string, message: string, expected: string])[] = [
  [400, "InvalidParameter", "Model not exist.", "provider-bad-request"],
  [400, "invalid_parameter_error", "Range of input length should be [1, 30720]", "provider-context-overflow"],
  [400, "InvalidParameter", "Range of max_tokens should be [1, 8192]", "provider-bad-request"],
  [
    400,
    "InvalidParameter.NotSupportEnableThinking",
    "The model does not support thinking.",
    "provider-bad-request",
  ],
  [400, "Arrearage", "Access denied, please make sure your account is in good standing.", "provider-billing"],
  [400, "DataInspectionFailed", "Input data may contain inappropriate content.", "provider-moderated"],
  [400, "data_inspection_failed", "Output data may contain inappropriate content.", "provider-moderated"],
  [400, "FaqRuleBlocked", "blocked", "provider-moderated"],
  [400, "CustomRoleBlocked", "blocked", "provider-moderated"],
  [400, "IPInfringementSuspect", "suspect", "provider-moderated"],
  [401, "InvalidApiKey", "Invalid API-key provided.", "provider-auth"],
  [401, "invalid_api_key", "Incorrect API key provided. ", "provider-auth"],
  [401, "NOT AUTHORIZED", "no rights", "provider-auth"],
  [403, "AccessDenied", "denied", "provider-permission"],
  [403, "access_denied", "denied", "provider-permission"],
  [403, "Model.AccessDenied", "denied", "provider-permission"],
  [403, "Workspace.AccessDenied", "denied", "provider-permission"],
  [403, "App.AccessDenied", "denied", "provider-permission"],
  [403, "AccessDenied.Unpurchased", "denied", "provider-permission"],
  [403, "AllocationQuota.FreeTierOnly", "The free tier has been exhausted.", "provider-billing"],
  [404, "ModelNotFound", "Model can not be found.", "provider-bad-request"],
  [404, "model_not_found", "The model does not exist.", "provider-bad-request"],
  [404, "model_not_supported", "not supported", "provider-bad-request"],
  [404, "WorkSpaceNotFound", "no such workspace", "provider-bad-request"],
  [409, "Conflict", "name taken", "provider-bad-request"],
  [413, "", "", "provider-bad-request"],
  [429, "Throttling", "Requests throttling triggered.", "provider-rate-limited"],
  [
    429,
    "Throttling",
    "Only 20 fine-tune job in running or succeeded allowed per user.",
    "provider-bad-request",
  ],
  [
    429,
    "Throttling.RateQuota",
    "Requests rate limit exceeded, please try again later.",
    "provider-rate-limited",
  ],
  [429, "LimitRequests", "You have exceeded your request limit.", "provider-rate-limited"],
  [429, "limit_requests", "You have exceeded your request limit.", "provider-rate-limited"],
  [429, "Throttling.BurstRate", "Request rate increased too quickly.", "provider-rate-limited"],
  [429, "limit_burst_rate", "Request rate increased too quickly.", "provider-rate-limited"],
  [429, "Throttling.AllocationQuota", "Allocated quota exceeded.", "provider-rate-limited"],
  [
    429,
    "insufficient_quota",
    "You exceeded your current quota, please check your plan and billing details.",
    "provider-rate-limited",
  ],
  [429, "insufficient_quota", "Free allocated quota exceeded.", "provider-billing"],
  [429, "Throttling.AllocationQuota", "Free allocated quota exceeded.", "provider-billing"],
  [400, "Throttling.AllocationQuota", "too many voices", "provider-bad-request"],
  [429, "CommodityNotPurchased", "not purchased", "provider-billing"],
  [429, "PrepaidBillOverdue", "overdue", "provider-billing"],
  [429, "PostpaidBillOverdue", "overdue", "provider-billing"],
  [429, "Throttling.Concurrency", "too many at once", "provider-rate-limited"],
  [429, "BudgetLimitExceeded", "budget", "provider-billing"],
  [500, "InternalError", "error", "provider-server"],
  [500, "internal_error", "error", "provider-server"],
  [500, "InternalError.Algo", "error", "provider-server"],
  [500, "InternalError.Timeout", "error", "provider-timed-out"],
  [500, "SystemError", "error", "provider-server"],
  [500, "ModelServiceFailed", "error", "provider-server"],
  [500, "RequestTimeOut", "error", "provider-timed-out"],
  [503, "ModelServingError", "Too many requests.", "provider-rate-limited"],
  [503, "ModelUnavailable", "unavailable", "provider-loading"],
  [429, "1305", "busy", "provider-rate-limited"],
];

describe("errors, wrapped as in compatible mode and flat as in native mode", () => {
  test.each(table)("%i %s %j is %s", (status, code, message, expected) => {
    const wrapped = JSON.stringify({ error: { message, type: code, param: "None", code }, request_id: "r" });
    const flat = JSON.stringify({ code, message, request_id: "r" });
    for (const body of [wrapped, flat])
      expect(toAppError(readFault(status, body), undefined, classifyQwenFault).code).toBe(expected);
  });

  test("a refusal by the content check says which side it refused", () => {
    const side = (message: string) =>
      toAppError(
        readFault(400, JSON.stringify({ error: { message, code: "data_inspection_failed" } })),
        undefined,
        classifyQwenFault,
      ).facts?.["side"];
    expect(side("Input data may contain inappropriate content.")).toBe("input");
    expect(side("Output data may contain inappropriate content.")).toBe("output");
    expect(side("Refused.")).toBe("unknown");
  });

  test("a delay that the server asks for stays with a known code", () => {
    const fault = readFault(429, '{"error":{"code":"limit_requests","message":"m"}}');
    expect(toAppError(fault, 7000, classifyQwenFault).retryAfter).toBe(7000);
  });
});
