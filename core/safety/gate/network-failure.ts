import { AppError, isCancel } from "../../contract/errors.ts";

const certificateCodes = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_UNTRUSTED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
]);
/** Words of a server on our own certificate: it wants one, or another. */
const clientCertificateCodes = new Set([
  "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
  "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE",
  "ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
  "ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED",
  "ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED",
  "ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN",
  "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
]);
const closedCodes = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);
const offlineCodes = new Set(["ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH", "ENETDOWN"]);
const timeoutCodes = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

/** A failed connection as a closed code, by the system's error codes, never by message text. */
export function networkFailure(error: unknown): unknown {
  if (error instanceof AppError || isCancel(error)) return error;
  const code = codeOf(error);
  if (code === null) return new AppError("provider-network", { cause: error });
  const options = { cause: error, facts: { system: code } };
  if (clientCertificateCodes.has(code))
    return new AppError("provider-certificate", {
      cause: error,
      facts: { system: code, reason: "client-certificate" },
    });
  if (certificateCodes.has(code)) return new AppError("provider-certificate", options);
  if (offlineCodes.has(code)) return new AppError("offline", options);
  if (timeoutCodes.has(code)) return new AppError("provider-timed-out", options);
  return new AppError("provider-network", options);
}

/**
 * What to say of a server that closed an encrypted connection without a word, while no client certificate is given
 * for it. Many that ask for one do just that, and so does one that is ill: it may be tried again.
 */
export function unansweredFailure(error: unknown): unknown {
  const code = codeOf(error);
  if (code === null || !closedCodes.has(code)) return error;
  return new AppError("provider-network", {
    cause: error,
    facts: { system: code, reason: "closed-unanswered" },
  });
}

/** The first system code along the causes. */
function codeOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    const code = (at as NodeJS.ErrnoException).code;
    if (typeof code === "string" && code !== "") return code;
    // Several addresses were tried: the first refusal speaks for all.
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return null;
}
