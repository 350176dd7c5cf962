import { AppError } from "../../contract/errors.ts";
import { cleanText } from "./clean-text.ts";
import { decodeText } from "./decode-text.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import { addMarkdown } from "./markdown-text.ts";
import type { FormatReader } from "./reader.ts";

/** Markdown: headings become places, marks of emphasis and links go, code stays as it is. */
export const mdReader: FormatReader = {
  format: "md",
  async read(bytes) {
    const { text, badBytes } = decodeText(bytes);
    const builder = makeDocumentBuilder();
    const { title, hasHidden } = addMarkdown(builder, cleanText(text));
    if (builder.isEmpty()) throw new AppError("file-empty");
    const warnings: string[] = badBytes > 0 ? [`bad-bytes:${badBytes}`] : [];
    if (hasHidden) warnings.push("hidden-text");
    return { format: "md", documents: [builder.finish({ title })], warnings };
  },
};
