import { AppError, type ErrorCode } from "../../contract/errors.ts";
import type { Classify, Fault } from "../openai-compatible/fault.ts";

/**
 * Model Studio's own codes (native and compatible names), as its page "error-code" gave them in October
 * 2026. A code that is not here is told by its status.
 */
const byCode: ReadonlyMap<string, ErrorCode> = new Map([
  ["invalidapikey", "provider-auth"],
  ["invalid_api_key", "provider-auth"],
  ["not authorized", "provider-auth"],
  ["accessdenied", "provider-permission"],
  ["access_denied", "provider-permission"],
  ["model.accessdenied", "provider-permission"],
  ["workspace.accessdenied", "provider-permission"],
  ["app.accessdenied", "provider-permission"],
  ["accessdenied.unpurchased", "provider-permission"],
  ["arrearage", "provider-billing"],
  ["allocationquota.freetieronly", "provider-billing"],
  ["commoditynotpurchased", "provider-billing"],
  ["prepaidbilloverdue", "provider-billing"],
  ["postpaidbilloverdue", "provider-billing"],
  ["budgetlimitexceeded", "provider-billing"],
  ["throttling", "provider-rate-limited"],
  ["throttling.ratequota", "provider-rate-limited"],
  ["limitrequests", "provider-rate-limited"],
  ["limit_requests", "provider-rate-limited"],
  ["throttling.burstrate", "provider-rate-limited"],
  ["limit_burst_rate", "provider-rate-limited"],
  // A throttle by tokens per minute, although it reads like billing.
  ["throttling.allocationquota", "provider-rate-limited"],
  ["insufficient_quota", "provider-rate-limited"],
  ["throttling.concurrency", "provider-rate-limited"],
  ["modelservingerror", "provider-rate-limited"],
  ["1305", "provider-rate-limited"],
  ["datainspectionfailed", "provider-moderated"],
  ["data_inspection_failed", "provider-moderated"],
  ["faqruleblocked", "provider-moderated"],
  ["customroleblocked", "provider-moderated"],
  ["ipinfringementsuspect", "provider-moderated"],
  ["modelunavailable", "provider-loading"],
  ["internalerror", "provider-server"],
  ["internal_error", "provider-server"],
  ["internalerror.algo", "provider-server"],
  ["internalerror.timeout", "provider-timed-out"],
  ["systemerror", "provider-server"],
  ["modelservicefailed", "provider-server"],
  ["requesttimeout", "provider-timed-out"],
]);

/** Says more than the status does, for hosted Qwen. The same code can be a throttle or a dead end. */
export const classifyQwenFault: Classify = (fault) => {
  const code = byCode.get(fault.code.toLowerCase()) ?? byCode.get(fault.type.toLowerCase());
  if (code === undefined) return null;
  const facts = { code: fault.code || fault.type, ...(fault.status !== null && { status: fault.status }) };
  switch (code) {
    case "provider-auth":
      // Keys belong to one region, plan and workspace: a good key at the wrong host is told the same.
      return new AppError(code, { facts: { ...facts, reason: "key-or-region" } });
    case "provider-moderated":
      return new AppError(code, { facts: { ...facts, side: sideOf(fault) } });
    case "provider-rate-limited":
      return new AppError(deadEndOf(fault) ?? code, { facts });
    default:
      return new AppError(code, { facts });
  }
};

/** Throttling codes that no waiting helps. */
function deadEndOf(fault: Fault): ErrorCode | null {
  if (/free allocated quota exceeded/i.test(fault.message)) return "provider-billing";
  if (/only \d+ fine-tune job/i.test(fault.message)) return "provider-bad-request";
  // At 400 it is the limit of another product's resources.
  if (fault.status === 400) return "provider-bad-request";
  return null;
}

/** Which side the check refused: what was sent, or what was written. */
function sideOf(fault: Fault): "input" | "output" | "unknown" {
  const side = /^\W*(input|output)\b/i.exec(fault.message)?.[1]?.toLowerCase();
  return side === "input" || side === "output" ? side : "unknown";
}
