import { AppError } from "../../contract/errors.ts";
import { cleanText } from "./clean-text.ts";
import { decodeText } from "./decode-text.ts";
import { makeDocumentBuilder } from "./document-builder.ts";
import type { FormatReader } from "./reader.ts";
import { addPlainText } from "./text-blocks.ts";

/** Plain text in any encoding; blocks by empty lines. */
export const txtReader: FormatReader = {
  format: "txt",
  async read(bytes) {
    const { text, badBytes } = decodeText(bytes);
    const builder = makeDocumentBuilder();
    addPlainText(builder, cleanText(text));
    if (builder.isEmpty()) throw new AppError("file-empty");
    const warnings = badBytes > 0 ? [`bad-bytes:${badBytes}`] : [];
    return { format: "txt", documents: [builder.finish({})], warnings };
  },
};
