import { decodeText, utf8Shape } from "./decode-text.ts";

/**
 * Old mails carry eight-bit text without naming its encoding. Where nothing names one and the bytes are
 * no UTF-8, the mail is rewritten as UTF-8 by detection; any other stays byte for byte.
 */
export function withRawText(bytes: Uint8Array): Uint8Array {
  const shape = utf8Shape(bytes);
  if (shape.bad === 0 || shape.good * 4 >= shape.bad) return bytes;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (/charset\s*=|content-transfer-encoding:\s*binary/i.test(head)) return bytes;
  return new TextEncoder().encode(decodeText(bytes).text);
}
