/** No line of a training file can begin like it: such a line is JSON. The same bytes at each try. */
const boundary = "qwill-training-file";

/** A form with one training file, as `multipart/form-data`; bytes as they go out and into the ledger. */
export function fileUpload(
  bytes: Uint8Array,
  name: string,
): { readonly headers: { readonly "content-type": string }; readonly body: Uint8Array } {
  const field = (disposition: string, more = "") =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n`;
  const safeName = name.replace(/[^\w.-]/g, "_");
  const before = [
    `${field('name="purpose"')}fine-tune\r\n`,
    `${field('name="descriptions"')}${safeName}\r\n`,
    field(`name="files"; filename="${safeName}"`, "Content-Type: application/octet-stream\r\n"),
  ].join("");
  const encoder = new TextEncoder();
  const parts = [encoder.encode(before), bytes, encoder.encode(`\r\n--${boundary}--\r\n`)];
  const body = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return { headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, body };
}
