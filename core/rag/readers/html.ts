import { AppError } from "../../contract/errors.ts";
import { decodeText } from "./decode-text.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { addHtml } from "./html-text.ts";
import type { FormatReader } from "./reader.ts";

/** Web pages: visible text only, no script, style or hidden parts; headings become places. */
export const htmlReader: FormatReader = {
  format: "html",
  async read(bytes) {
    const { text, badBytes } = decodeText(bytes, declaredEncoding(bytes));
    const builder = makeDocumentBuilder();
    const { title, hasHidden } = addHtml(builder, text);
    if (builder.isEmpty()) throw new AppError("file-empty");
    const warnings: string[] = badBytes > 0 ? [`bad-bytes:${badBytes}`] : [];
    if (hasHidden) warnings.push("hidden-text");
    return { format: "html", documents: [builder.finish({ title })], warnings };
  },
};

function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  return (
    /<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1]?.toLowerCase() ?? null
  );
}
