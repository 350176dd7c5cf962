/**
 * Runs of letters, digits and marks, `[\p{L}\p{N}\p{M}]+`, found without a match object for each: every text that
 * is indexed goes through here. ASCII is looked up in a table, the rest asked of the regular expression.
 */
const beginsRun = /[\p{L}\p{N}\p{M}]/gu;
const restOfRun = /[\p{L}\p{N}\p{M}]+/uy;

const firstBeyondAscii = 128;
const isInRun = Uint8Array.from({ length: firstBeyondAscii }, (_, code) =>
  Number(/[A-Za-z0-9]/.test(String.fromCharCode(code))),
);

/** Where the next run begins, from `from` on; the text's length where there is none. */
export function nextRun(text: string, from: number): number {
  const { length } = text;
  for (let at = from; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < firstBeyondAscii) {
      if (isInRun[code] === 1) return at;
      continue;
    }
    beginsRun.lastIndex = at;
    if (!beginsRun.test(text)) return length;
    const { lastIndex } = beginsRun;
    return lastIndex - (isLowSurrogate(text.charCodeAt(lastIndex - 1)) ? 2 : 1);
  }
  return length;
}

/** Where the run ends that `start` stands in; `start` itself where it stands in none. */
export function runEnd(text: string, start: number): number {
  const { length } = text;
  let at = start;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code >= firstBeyondAscii) {
      restOfRun.lastIndex = at;
      return restOfRun.test(text) ? restOfRun.lastIndex : at;
    }
    if (isInRun[code] !== 1) return at;
    at += 1;
  }
  return at;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
