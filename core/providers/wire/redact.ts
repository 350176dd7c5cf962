/** Text of a server's own that may stand in a log: no key of any known shape, none of those handed in. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, "[redacted]");
  return clean
    .replace(/\b(bearer|basic)\s+[^\s"',]+/gi, "$1 [redacted]")
    .replace(/\bsk-[\w-]{6,}/g, "[redacted]")
    .replace(/\bAIza[\w-]{10,}/g, "[redacted]")
    .replace(/\b(x-goog-api-key|api-key|authorization)(["']?\s*[:=]\s*["']?)[^\s"',]+/gi, "$1$2[redacted]");
}
